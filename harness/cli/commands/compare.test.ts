import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result } from '../../../reports/model/index.ts';
import { regressionReportSchema } from '../../../reports/regression/index.ts';
import { fixtureResult } from '../../../reports/testing/index.ts';
import { showError } from '../show-error.ts';
import { compareCommand } from './compare.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-compare-'));
  await writeSide('base', 10, 1);
  await writeSide('same', 10, 1.002);
  await writeSide('slow', 10, 1.3);
  await writeSide('few', 3, 1.3);
  await writeSide('wrong', 10, 1.3, (result) => {
    const [run] = result.cells.flatMap(({ runs }) => runs);
    if (run !== undefined) Object.assign(run, { outcome: 'oracle-failed', figures: null });
  });
  await writeSide('dirty', 10, 1.3, ({ tool }) => {
    tool.gitDirty = true;
  });
  await writeSide('matrix', 10, 1.3, (result) => {
    result.command = ['crosscurrent', 'matrix', 'matrix.yaml'];
  });
  await writeSide('other-slots', 10, 1, ({ cells: [cell] }) => {
    const [slots] = cell?.settings ?? [];
    if (slots !== undefined) slots.value = '4';
    if (cell !== undefined) cell.profile = 'custom';
  });
  const lenient = ['p50', 'p99', 'p999'].map((name) => `  latency-${name}: {minimumEffect: 0.5}\n`);
  await writeFile(join(folder, 'lenient.yaml'), `metrics:\n${lenient.join('')}`);
  await writeFile(join(folder, 'tight.yaml'), 'metrics: {latency-p99: {minimumEffect: 0.001}}');
  await mkdir(join(folder, 'none'));
  await writeFile(join(folder, 'cut.json'), '{"kind":"crosscurrent-result","schemaVersion":2,"cells":[');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fixture = fixtureResult();

/** A folder with one result: a cell whose runs have the fixture's latency times a factor, with 2 % of spread. */
async function writeSide(
  name: string,
  runs: number,
  factor: number,
  change: (result: Result) => void = () => undefined,
): Promise<void> {
  const [cell] = fixture.cells;
  const run = cell?.runs.find(({ kind }) => kind === 'latency');
  if (cell === undefined || run?.kind !== 'latency' || run.figures === null)
    throw new Error('no latency run');
  const { figures } = run;
  const { latency } = figures;
  const varied = Array.from({ length: runs }, (_, i) => {
    const times = (value: number | null) =>
      value && Math.round(value * factor * (1 + (i - runs / 2) * 0.004));
    const scaled = { p50: times(latency.p50), p99: times(latency.p99), p999: times(latency.p999) };
    const short = { latency: { ...latency, ...scaled }, slices: [], seconds: [], marks: [] };
    return { ...run, runId: `${name}-${i}`, figures: { ...figures, ...short } };
  });
  const settings = cell.settings.map((setting) => ({ ...setting }));
  const tool = { ...fixture.tool, gitCommit: '0123456789ab', gitDirty: false };
  const result: Result = { ...fixture, tool, cells: [{ ...cell, settings, runs: varied }], floors: [] };
  change(result);
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'result.json'), JSON.stringify(result));
}

/** Runs the command in this process. */
async function compare(...commandLine: readonly string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  let exitCode = 0;
  const terminal = {
    result: (text: string) => void stdout.push(text),
    note: (text: string) => void stderr.push(text),
    progress: (text: string) => void stderr.push(text),
    colour: false,
  };
  const exitWith = (code: number) => {
    exitCode = code;
  };
  const inFolder = commandLine.map((part) => part.replace('FOLDER', folder));
  try {
    await compareCommand(terminal, exitWith).exitOverride().parseAsync(inFolder, { from: 'user' });
  } catch (error) {
    exitCode = showError(terminal, error);
  }
  return { stdout: stdout.join(''), stderr: stderr.join(''), exitCode };
}

test.each<[what: string, commandLine: readonly string[], exitCode: number, said: RegExp]>([
  ['two sides alike', ['FOLDER/base', 'FOLDER/same'], 0, /^OK/m],
  ['the same, strictly', ['FOLDER/base', 'FOLDER/same', '--strict'], 0, /^OK/m],
  ['head slower', ['FOLDER/base', 'FOLDER/slow'], 3, /event-driven +p50 .*\+30 % .*REGRESSED/],
  ['head faster', ['FOLDER/slow', 'FOLDER/base'], 0, /event-driven +p50 .*-23 % .*improved/],
  ['a wrong output in head beats the regression', ['FOLDER/base', 'FOLDER/wrong'], 5, /^WRONG/m],
  [
    'head slower, as its configuration allows',
    ['FOLDER/base', 'FOLDER/slow', '--config', 'FOLDER/lenient.yaml'],
    0,
    /^OK/m,
  ],
  ['nothing to confirm', ['FOLDER/base', 'FOLDER/same', '--confirm', 'FOLDER/again'], 0, /^OK/m],
  ['too few runs', ['FOLDER/base', 'FOLDER/few'], 0, /need >= 6 runs, have 3/],
  ['too few runs, strictly', ['FOLDER/base', 'FOLDER/few', '--strict'], 4, /^INCONCLUSIVE/m],
  ['unlike settings', ['FOLDER/base', 'FOLDER/other-slots'], 0, /slots +2 +4/],
  ['unlike settings, strictly', ['FOLDER/base', 'FOLDER/other-slots', '--strict'], 4, /not comparable/],
  ['settings that vary', ['FOLDER/base', 'FOLDER/other-slots', '--vary', 'slots', '--strict'], 0, /^OK/m],
])('%s', async (_, commandLine, exitCode, said) => {
  const ended = await compare(...commandLine);
  expect(ended.stderr).toBe('');
  expect(ended.stdout).toMatch(said);
  expect(ended.exitCode).toBe(exitCode);
});

test('several formats at once: one to stdout, the others to files in folders that are made', async () => {
  const path = join(folder, 'made/comparison.json');
  const { stdout, exitCode } = await compare(
    ...['FOLDER/base', 'FOLDER/slow', '--format', `json=${path}`, '--format', 'text'],
  );
  expect(stdout).toMatch(/^base {2}base/);
  expect(regressionReportSchema.parse(JSON.parse(await readFile(path, 'utf8')))).toMatchObject({
    outcome: 'regressed',
  });
  expect(exitCode).toBe(3);
});

test('every format is made; the GitHub summary is appended to the file that the runner names', async () => {
  const summary = join(folder, 'summary.md');
  await writeFile(summary, 'before\n');
  process.env.GITHUB_STEP_SUMMARY = summary;
  const { stdout } = await compare(
    ...['FOLDER/base', 'FOLDER/slow', '--format', 'github', '--format', 'hgrm=FOLDER/all/hgrm'],
    ...['markdown', 'junit', 'html'].flatMap((name) => ['--format', `${name}=FOLDER/all/${name}`]),
  ).finally(() => {
    delete process.env.GITHUB_STEP_SUMMARY;
  });
  const made = (name: string) => readFile(join(folder, 'all', name), 'utf8');
  expect(stdout).toMatch(/^::error .*p50/m);
  expect(await readFile(summary, 'utf8')).toMatch(/^before\n[\s\S]*p50/);
  expect(await made('markdown')).toMatch(/^<!-- crosscurrent-comparison -->/);
  expect(await made('junit')).toMatch(/^<\?xml[\s\S]*<failure/);
  expect(await made('html')).toMatch(/^<!doctype html>/i);
  const hgrm = 'latency-merchant-spend-event-driven-at-least-once.hgrm';
  expect([
    ...(await readdir(join(folder, 'all/hgrm/base'))),
    ...(await readdir(join(folder, 'all/hgrm/head'))),
  ]).toEqual([hgrm, hgrm]);
});

test('--self says what a side alone can show, as text or JSON', async () => {
  const { stdout, exitCode } = await compare('FOLDER/base', '--self');
  expect(stdout).toMatch(/event-driven +p99 +10 /);
  expect(exitCode).toBe(0);
  expect((await compare('FOLDER/base', '--self', '--strict')).exitCode).toBe(0);
  const json = await compare('FOLDER/base', '--self', '--format', 'json');
  expect(JSON.parse(json.stdout)).toMatchObject({ name: 'base' });
});

test('--self tells of a minimum effect that the runs cannot show, and --strict refuses it', async () => {
  const commandLine = ['FOLDER/base', '--self', '--config', 'FOLDER/tight.yaml'];
  const { stdout, exitCode } = await compare(...commandLine);
  expect(stdout).toMatch(/event-driven +p99 .* 0\.1 % .* ~\d+$/m);
  expect(exitCode).toBe(0);
  expect((await compare(...commandLine, '--strict')).exitCode).toBe(4);
});

test('--format json alone prints JSON and nothing else, the same for the same seed', async () => {
  const [first, second] = [
    await compare('FOLDER/base', 'FOLDER/slow', '--format', 'json'),
    await compare('FOLDER/base', 'FOLDER/slow', '--format', 'json', '--seed', '42'),
  ];
  expect(JSON.parse(first.stdout)).toMatchObject({ seed: 42 });
  expect(second.stdout).toBe(first.stdout);
});

test.each<[what: string, commandLine: readonly string[], code: string]>([
  ['an empty folder', ['FOLDER/none', 'FOLDER/base'], 'COMPARE_NO_RESULTS'],
  ['a file cut short', ['FOLDER/base', 'FOLDER/cut.json'], 'REPORT_FILE_TRUNCATED'],
  [
    'a configuration that is a result',
    ['FOLDER/base', 'FOLDER/same', '--config', 'FOLDER/base/result.json'],
    'COMPARE_CONFIG',
  ],
  [
    'a second measurement of changes that are in no commit',
    ['FOLDER/base', 'FOLDER/dirty', '--confirm', 'FOLDER/again'],
    'CI_NO_COMMIT',
  ],
  [
    'a second measurement of what another command made',
    ['FOLDER/base', 'FOLDER/matrix', '--confirm', 'FOLDER/again'],
    'CI_NO_RUN',
  ],
  [
    'a second measurement of a commit that is not here',
    ['FOLDER/base', 'FOLDER/slow', '--confirm', 'FOLDER/again'],
    'CI_COMMIT_UNKNOWN',
  ],
  ['an unknown format', ['FOLDER/base', 'FOLDER/same', '--format', 'pdf'], 'HARNESS_OPTION_INVALID'],
  [
    'a format with an empty path',
    ['FOLDER/base', 'FOLDER/same', '--format', 'json='],
    'HARNESS_OPTION_INVALID',
  ],
  [
    'JSON and text in one stream',
    ['FOLDER/base', 'FOLDER/same', '--format', 'text', '--format', 'json'],
    'HARNESS_OPTION_INVALID',
  ],
  [
    'a path below a file',
    ['FOLDER/base', 'FOLDER/same', '--format', 'json=FOLDER/cut.json/x'],
    'HARNESS_OUTPUT_PATH',
  ],
])('%s is refused with its code', async (_, commandLine, code) => {
  const { stdout, stderr, exitCode } = await compare(...commandLine);
  expect(stderr).toContain(`error ${code}`);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});
