import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Result, writeResult } from '../../../reports/model/index.ts';
import { fixtureResult, MALICIOUS } from '../../../reports/testing/index.ts';
import { type Ended, runInTurn } from '../testing/index.ts';

const ASKED = ['--slo', 'p99=1s', '--rate', '5000'];

/** Each: what is wrong, the options (FOLDER stands for the test's folder), the error's code, a part of its text. */
const REFUSED: readonly (readonly [string, readonly string[], string, string])[] = [
  ['no objective', ['--slo', 'p99', '--rate', '5k'], 'ADVISE_SLO_INVALID', '"p99"'],
  ['no unit', ['--slo', 'p99=100', '--rate', '5k'], 'ADVISE_SLO_INVALID', 'unit'],
  [
    'a contradiction',
    ['--slo', 'p50=2s,p99=1s', '--rate', '5k'],
    'ADVISE_SLO_CONTRADICTION',
    'p50 (2000 ms)',
  ],
  [
    'two limits in two options',
    ['--slo', 'p99=1s', '--slo', 'p99=2s', '--rate', '5k'],
    'ADVISE_SLO_CONTRADICTION',
    'p99 has two limits',
  ],
  [
    'two limits on recovery',
    ['--slo', 'recovery=1s', '--recovery', '2s', '--rate', '5k'],
    'ADVISE_SLO_CONTRADICTION',
    'recovery has two limits',
  ],
  ['an unknown metric', ['--slo', 'p98=1s', '--rate', '5k'], 'ADVISE_METRIC_UNKNOWN', '"p98"'],
  ['no limit', ['--rate', '5k'], 'ADVISE_INCOMPLETE', 'a limit'],
  ['no rate', ['--slo', 'p99=1s'], 'ADVISE_INCOMPLETE', 'the rate'],
  ['a rate of nothing', ['--slo', 'p99=1s', '--rate', '0'], 'ADVISE_NUMBER_INVALID', '--rate'],
  ['a negative rate', ['--slo', 'p99=1s', '--rate=-5'], 'ADVISE_NUMBER_INVALID', '--rate'],
  ['half a key', [...ASKED, '--keys', '0.5'], 'ADVISE_NUMBER_INVALID', '--keys'],
  ['a cost of nothing', [...ASKED, '--cost', 'cpu=0'], 'ADVISE_NUMBER_INVALID', '--cost'],
  ['an unknown cost', [...ASKED, '--cost', 'money=3'], 'HARNESS_OPTION_INVALID', '"money"'],
  ['a recovery without a unit', [...ASKED, '--recovery', '5'], 'HARNESS_OPTION_INVALID', '--recovery'],
  ['an unknown need', [...ASKED, '--needs', 'paterns'], 'ADVISE_NEED_UNKNOWN', 'The nearest is pattern.'],
  ['an unknown estate', [...ASKED, '--estate', 'storm'], 'HARNESS_OPTION_INVALID', '"storm"'],
  ['two guarantees', [...ASKED, '--guarantee', 'all'], 'HARNESS_OPTION_INVALID', 'name one guarantee'],
  ['two workloads', [...ASKED, '--workload', 'all'], 'HARNESS_OPTION_INVALID', 'name one workload'],
  ['a path where nothing is', [...ASKED, 'FOLDER/none'], 'REPORT_FILE_MISSING', 'none'],
  ['an empty folder', [...ASKED, 'FOLDER/empty'], 'ADVISE_NO_RESULTS', 'empty'],
  ['a folder without a result', [...ASKED, 'FOLDER/other'], 'ADVISE_NO_RESULTS', 'cut.json'],
  ['a damaged file', [...ASKED, 'FOLDER/other/cut.json'], 'REPORT_FILE_TRUNCATED', 'cut.json'],
  ['a result of a later schema', [...ASKED, 'FOLDER/other/future.json'], 'REPORT_VERSION_UNKNOWN', '99'],
  ['a result without a broker', [...ASKED, 'FOLDER/brokerless.json'], 'ADVISE_NO_RESULTS', 'without a Kafka'],
  ['no Kafka', [...ASKED, '--verify', '--broker', 'log'], 'HARNESS_OPTION_INVALID', 'without Kafka'],
  ['an unknown machine', [...ASKED, 'FOLDER/mixed', '--machine', 'VAX'], 'ADVISE_MACHINE_UNCLEAR', 'none of'],
  ['an unclear machine', [...ASKED, 'FOLDER/mixed', '--machine', 'cores'], 'ADVISE_MACHINE_UNCLEAR', '3 of'],
];

const ANSWERED = {
  mixed: ['FOLDER/mixed', ...ASKED],
  chosen: ['FOLDER/mixed', ...ASKED, '--machine', 'elsewhere'],
  former: ['FOLDER/mixed', ...ASKED, '--machine', 'crosscurrent 0.0.9'],
  json: ['FOLDER/mixed', ...ASKED, '--json'],
  never: ['FOLDER/mixed', '--slo', 'p99=1ms', '--rate', '5000'],
  unknown: ['FOLDER/mixed', '--slo', 'p99=1s', '--rate', '90k'],
} as const;

let folder = '';
let ended: readonly Ended[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-advise-'));
  await mkdir(join(folder, 'empty'));
  await mkdir(join(folder, 'other'));
  await writeFile(join(folder, 'other', 'cut.json'), '{"kind":"crosscurrent-result","schemaVersion":3,"ce');
  await writeFile(
    join(folder, 'other', 'future.json'),
    JSON.stringify({ kind: 'crosscurrent-result', schemaVersion: 99 }),
  );
  const result = fixtureResult();
  const keep = (name: string, changed: Partial<Result>): Promise<void> =>
    writeResult({ ...result, ...changed }, join(folder, name));
  await keep('brokerless.json', { broker: { ...result.broker, kind: 'embedded-log', comparable: false } });
  await keep('mixed/here.json', { createdAt: '2030-01-02T00:00:00Z' });
  await keep('mixed/there.json', {
    createdAt: '2030-01-01T00:00:00Z',
    machine: { ...result.machine, cpuModel: `elsewhere ${MALICIOUS}` },
  });
  await keep('mixed/former.json', {
    createdAt: '2029-01-01T00:00:00Z',
    tool: { ...result.tool, version: '0.0.9' },
  });
  const commandLines = [...REFUSED.map(([, options]) => options), ...Object.values(ANSWERED)];
  ended = await runInTurn(
    commandLines.map((options) => ['advise', ...options.map((part) => part.replace('FOLDER', folder))]),
  );
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const endOf = (name: keyof typeof ANSWERED): Ended =>
  ended[REFUSED.length + Object.keys(ANSWERED).indexOf(name)] as Ended;

test('what is wrong with a question or with results: code, message and hint, exit code 2, no answer', () => {
  for (const [index, [problem, , code, text]] of REFUSED.entries()) {
    const { exitCode, stdout, stderr } = ended[index] as Ended;
    expect.soft(stderr, problem).toContain(`error ${code}: `);
    expect.soft(stderr, problem).toContain(text);
    expect.soft(stderr, problem).toMatch(/\n {2}\S/);
    expect.soft({ exitCode, stdout }, problem).toEqual({ exitCode: 2, stdout: '' });
  }
});

test('of results from several machines and versions the newest count, and the others are named', () => {
  const { exitCode, stdout } = endOf('mixed');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^(Take|Either) /);
  expect(stdout).toContain('mixed/here.json');
  expect(stdout).toMatch(/Left out, from another machine, broker or version: elsewhere .*there\.json\./);
  expect(stdout).toMatch(
    /Left out, from another machine, broker or version: .* crosscurrent 0\.0\.9: .*former\.json\./,
  );
});

test('a part of its description chooses another machine or version', () => {
  expect(endOf('chosen').stdout).toMatch(/Measured on: elsewhere /);
  expect(endOf('former').stdout).toMatch(/Measured on: .* crosscurrent 0\.0\.9\. /);
});

test('texts from results do no harm on a terminal', () => {
  const shown = endOf('chosen').stdout + endOf('mixed').stdout + endOf('json').stdout;
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
});

test('as JSON: the answer, every configuration that was judged, and how to run what is advised', () => {
  const report = JSON.parse(endOf('json').stdout);
  expect(report).toMatchObject({ kind: 'crosscurrent-advice', schemaVersion: 1, verification: null });
  const { choice, choices = [choice] } = report.advice;
  for (const { configuration, checks } of choices) {
    expect(checks[0].reading.files).toEqual([join(folder, 'mixed/here.json')]);
    expect(report.options[configuration.id]).toContain('--engine');
  }
});

test('a limit that all miss, and a question that nothing measured answers, have exit codes of their own', () => {
  expect(endOf('never')).toMatchObject({
    exitCode: 3,
    stdout: expect.stringMatching(
      /^Nothing that was measured meets every limit\. Each misses p99 /,
    ) as string,
  });
  expect(endOf('unknown')).toMatchObject({
    exitCode: 4,
    stdout: expect.stringMatching(
      /^Not known: .*To know it, about \d+ min:\n {2}npx crosscurrent run /s,
    ) as string,
  });
});
