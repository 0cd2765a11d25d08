import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plantedResults } from '../../../reports/history/testing/index.ts';
import { writeResult } from '../../../reports/model/index.ts';
import { MALICIOUS, refusedResult } from '../../../reports/testing/index.ts';
import { type Ended, runInTurn } from '../testing/index.ts';

const SCHEMA = new URL('../../../docs/history.schema.json', import.meta.url);
const BROKEN = '{"kind":"crosscurrent-result","schemaVersion":1,"cells":[{"work';
/** What a name of a file may hold of the texts that do harm. */
const HOSTILE_NAME = `\u001b[31m\u202e<img src=x onerror=alert(1)>\n# h.json`;

const COMMANDS = {
  text: ['history', 'FOLDER/planted', '--metric', 'latency-p50', '--min-points', '8'],
  json: ['history', 'FOLDER/planted', '--format', 'json', '--min-points', '8'],
  index: ['index', 'FOLDER/planted', '--min-points', '8'],
  hostileText: ['history', 'FOLDER/hostile'],
  hostileIndex: ['index', 'FOLDER/hostile'],
  empty: ['history', 'FOLDER/empty'],
  broken: ['history', 'FOLDER/broken'],
  none: ['index', 'FOLDER/none'],
  metric: ['history', 'FOLDER/planted', '--metric', 'speed'],
  points: ['index', 'FOLDER/planted', '--min-points', '2'],
} as const satisfies Record<string, readonly string[]>;
type Name = keyof typeof COMMANDS;

let folder = '';
const ended = {} as Record<Name, Ended>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-history-'));
  for (const [i, result] of plantedResults(8, 5).entries()) {
    await writeResult(result, join(folder, 'planted', `${i}`, 'result.json'));
  }
  await writeFile(join(folder, 'planted', 'cut.json'), BROKEN);
  await mkdir(join(folder, 'empty'));
  await mkdir(join(folder, 'broken'));
  await writeFile(join(folder, 'broken', 'cut.json'), BROKEN);
  const hostile = refusedResult();
  await writeResult(
    { ...hostile, createdAt: MALICIOUS, tool: { ...hostile.tool, gitCommit: MALICIOUS } },
    join(folder, 'hostile', 'result.json'),
  );
  await writeFile(join(folder, 'hostile', HOSTILE_NAME), BROKEN);
  const names = Object.keys(COMMANDS) as Name[];
  const all = await runInTurn(
    names.map((name) => COMMANDS[name].map((part) => part.replace('FOLDER', folder))),
  );
  for (const [i, name] of names.entries()) ended[name] = all[i] as Ended;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('history draws a planted change between its two rows and tells of a broken file', () => {
  const { exitCode, stdout, stderr } = ended.text;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(
    /2026-01-05 03:04 +abc004 +5\.02\n +·+ +p50 \+20\.0% +·+\n +2026-01-06 03:04 +abc005 +5\.94\n/,
  );
  expect(stdout).toMatch(/Changes of level.*\n +merchant-spend, .*: p50 \+20\.0%, worse .* at abc005 /);
  expect(stdout).toMatch(/Left out:\n +cut\.json: REPORT_FILE_TRUNCATED: /);
});

test('history --format json prints nothing but a document of the published schema, with the change', async () => {
  const { exitCode, stdout, stderr } = ended.json;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const document = JSON.parse(stdout);
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(await readFile(SCHEMA, 'utf8')));
  expect([validate(document), validate.errors]).toEqual([true, null]);
  expect(document.results.map(({ gitCommit }: { gitCommit: string }) => gitCommit)).toHaveLength(8);
  const changed = document.series.filter(({ changes }: { changes: unknown[] }) => changes.length > 0);
  expect(changed).toMatchObject([{ metric: 'latency-p50', changes: [{ index: 5, meaning: 'worse' }] }]);
});

test('index writes its page with the change, and names what it left out', async () => {
  const path = join(folder, 'planted', 'index.html');
  expect(ended.index).toEqual({
    exitCode: 0,
    stdout: `index: ${path}\n`,
    stderr: expect.stringMatching(/^left out: cut\.json: REPORT_FILE_TRUNCATED: .*\n$/),
  });
  expect(await readFile(path, 'utf8')).toMatch(/<strong>p50 \+20\.0%, worse<\/strong> at abc005/);
});

test.each<[Name, RegExp]>([
  ['empty', /no result lies below .*empty\.\n/],
  ['broken', /no result lies below .*broken \(cut\.json: REPORT_FILE_TRUNCATED: /],
  ['none', /there is no folder .*none\.\n/],
  ['metric', /there is no metric "speed"\.\n/],
  ['points', /"2" is not a whole number of at least 3\.\n/],
])('%s is refused with code, message and hint', (name, message) => {
  const { exitCode, stdout, stderr } = ended[name];
  expect(stderr).toMatch(/^error HARNESS_OPTION_INVALID: /);
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/\n {2}\S/);
  expect(stderr).not.toMatch(/\n\s+at .*\.ts:/);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

test.each<Name>(['hostileText', 'hostileIndex'])('%s: hostile names do no harm', (name) => {
  const { exitCode, stdout, stderr } = ended[name];
  expect(exitCode).toBe(0);
  expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});

test('hostile names add no element to the page', async () => {
  const page = await readFile(join(folder, 'hostile', 'index.html'), 'utf8');
  expect(page).not.toContain('<img');
  expect(page.match(/<script/g)).toHaveLength(1);
});
