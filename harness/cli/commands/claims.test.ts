import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLAIMS, parseLedger } from '../../../reports/claims/index.ts';
import { writeResult } from '../../../reports/model/index.ts';
import { fixtureResult } from '../../../reports/testing/index.ts';
import { claimExperiments, standingExperiment } from '../../claims/index.ts';
import { type Ended, runInTurn } from '../testing/index.ts';

const COMMANDS = {
  dryRun: ['claims', '--dry-run', '--claim', 'G5,G6', '--claim', 'G5', '--real', '--out', 'FOLDER/none'],
  empty: ['claims', '--no-run', '--out', 'FOLDER/empty'],
  one: ['claims', '--no-run', '--claim', 'G5', '--real', '--json', '--out', 'FOLDER/one'],
  unknown: ['claims', '--claim', 'G99'],
  restart: ['claims', '--no-run', '--restart'],
  damaged: ['claims', '--no-run', '--claim', 'G5', '--out', 'FOLDER/damaged'],
  foreign: ['claims', '--no-run', '--claim', 'G5', '--out', 'FOLDER/foreign'],
  beside: ['claims', '--no-run', '--claim', 'G13', '--out', 'FOLDER/foreign'],
  anew: ['claims', '--dry-run', '--claim', 'G5', '--restart', '--out', 'FOLDER/foreign'],
  broker: ['claims', '--claim', 'G5', '--broker', 'nonsense', '--out', 'FOLDER/none'],
} as const satisfies Record<string, readonly string[]>;
type Name = keyof typeof COMMANDS;

let folder = '';
const ended = {} as Record<Name, Ended>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-claims-'));
  const [damaged] = claimExperiments(join(folder, 'damaged')).filter(({ claims }) => claims.includes('G5'));
  if (damaged === undefined) throw new Error('G5 should have an experiment');
  const { plan } = await standingExperiment(damaged, false);
  await mkdir(damaged.folder, { recursive: true });
  await writeFile(join(damaged.folder, 'matrix-plan.sha256'), plan.hash);
  await writeFile(join(damaged.folder, 'result.json'), '{"kind":"crosscurrent-result","schemaVersion":3,"ce');
  await writeResult(fixtureResult(), join(folder, 'foreign', 'embedded', 'trigger-500', 'result.json'));
  const names = Object.keys(COMMANDS) as Name[];
  const all = await runInTurn(
    names.map((name) => COMMANDS[name].map((part) => part.replace('FOLDER', folder))),
  );
  for (const [i, name] of names.entries()) ended[name] = all[i] as Ended;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('--dry-run prints what the claims need, with times and their sum, and makes nothing', async () => {
  const { exitCode, stdout } = ended.dryRun;
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^embedded +trigger-500 +\d+ runs +about \d+ (s|min) +G5 +\S/m);
  expect(stdout).toMatch(/^real +trigger-500 +\d+ runs +about \d+ (s|min) +G5 +\S/m);
  expect(stdout.match(/ trigger-500 /g)).toHaveLength(2);
  expect(stdout).not.toMatch(/default-latency/);
  expect(stdout).toMatch(/^experiments: \d+, runs: \d+, about .+\n$/m);
  expect(await readdir(folder)).not.toContain('none');
});

test('--no-run on an empty folder: what rests on experiments is not measured, and the ledger is written', async () => {
  const { exitCode, stdout, stderr } = ended.empty;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const out = join(folder, 'empty');
  expect((await readdir(out)).sort()).toEqual(['claims.html', 'claims.json', 'claims.md']);
  const { entries } = parseLedger(await readFile(join(out, 'claims.json'), 'utf8'), 'claims.json');
  expect(entries.map(({ id }) => id)).toEqual(CLAIMS.map(({ id }) => id));
  const measured = CLAIMS.filter(({ experiments }) => experiments.length > 0).map(({ id }) => id);
  for (const { id, embedded } of entries.filter((entry) => measured.includes(entry.id))) {
    expect.soft(embedded.verdict, id).toBe('not-measured');
  }
  for (const { id, title } of CLAIMS) expect(stdout).toContain(`\n${id}  ${title}\n`);
  expect(stdout).toContain(`\nledger: ${join(out, 'claims.html')}\n`);
  expect(await readFile(join(out, 'claims.html'), 'utf8')).toMatch(/^<!doctype html>/i);
});

test('--json prints the ledger alone, of all claims and with the real systems where they were asked', () => {
  const { exitCode, stdout, stderr } = ended.one;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { entries } = parseLedger(stdout, 'stdout');
  expect(entries).toHaveLength(CLAIMS.length);
  expect(entries.find(({ id }) => id === 'G5')?.real?.verdict).toBe('not-measured');
});

test.each<[Name, RegExp]>([
  ['unknown', /HARNESS_OPTION_INVALID: Option --claim: "G99" is not one of G1, .*G16\./],
  ['restart', /HARNESS_OPTION_INVALID: Option --restart: /],
  ['damaged', /REPORT_FILE_TRUNCATED: .*trigger-500/],
  ['foreign', /MATRIX_CHANGED: .*trigger-500.*it is not of a matrix/],
  ['broker', /KAFKA_BROKER_CHOICE_INVALID: /],
])('%s is refused with code, message and hint', (name, message) => {
  const { exitCode, stdout, stderr } = ended[name];
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/\n {2}\S/);
  expect(stderr).not.toMatch(/\n\s+at .*\.ts:/);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

test('what runs, and for how long, is shown before anything is started', () => {
  expect(ended.broker.stderr).toMatch(/^embedded +trigger-500 .*\nexperiments: 1, runs: \d+, about .*\n/);
});

test('a folder that another claim rests on stops none that was asked for: it is left out, and named', () => {
  const { exitCode, stdout } = ended.beside;
  expect(exitCode).toBe(0);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/Left out: The folder .*trigger-500 holds a result that /);
});

test('--restart looks at nothing that is there', () => {
  expect(ended.anew).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^embedded +trigger-500 /) });
});
