import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, runCommandLine, runInTurn } from './testing/index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-bad-input-'));
  await writeFile(
    join(folder, 'future.json'),
    JSON.stringify({ kind: 'crosscurrent-result', schemaVersion: 99 }),
  );
  await writeFile(
    join(folder, 'cut.json'),
    '{"kind":"crosscurrent-result","schemaVersion":1,"cells":[{"work',
  );
  await writeFile(join(folder, 'broken.jsonl'), '{"id":"fw0001","window":{"type":"tumb');
  await writeFile(join(folder, 'wrong.yaml'), 'workloads: [merchant-spend]\nspeed: 9\n');
  await writeFile(join(folder, 'other.jsonl'), '{"id":"x"}\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Each: what is wrong, the command line (FOLDER stands for the test's folder), the error's code. */
const CASES: readonly (readonly [problem: string, commandLine: readonly string[], code: string])[] = [
  ['an unknown workload', ['run', '--workload', 'nexmark'], 'HARNESS_OPTION_INVALID'],
  ['an unknown engine', ['run', '--engine', 'storm'], 'HARNESS_ENGINE_UNKNOWN'],
  [
    'a choice that leaves nothing of a preset',
    ['run', '--preset', 'bench', '--workload', 'login-tracker', '--guarantee', 'exactly-once'],
    'HARNESS_OPTION_INVALID',
  ],
  ['an impossible rate', ['run', '--rate', '-5'], 'HARNESS_OPTION_INVALID'],
  ['a rate that is no number', ['run', '--rate', 'fast'], 'HARNESS_OPTION_INVALID'],
  ['an impossible share', ['run', '--late', '1.5'], 'HARNESS_OPTION_INVALID'],
  ['an unknown setting', ['run', '--set', 'parallelsim=2'], 'PIPELINE_SETTING_INVALID'],
  [
    'a setting of the wrong type',
    ['run', '--engine', 'event', '--set', 'parallelism=many'],
    'PIPELINE_SETTING_INVALID',
  ],
  [
    'settings for a preset',
    ['run', '--preset', 'bench', '--profile', 'tuned-latency'],
    'HARNESS_OPTION_INVALID',
  ],
  ['an unknown profile', ['run', '--profile', 'tuned'], 'HARNESS_OPTION_INVALID'],
  [
    'an unknown setting of an engine that does not run',
    ['recover', '--engine', 'event', '--set', 'flink.parallelsim=2'],
    'PIPELINE_SETTING_INVALID',
  ],
  [
    'a guarantee that an engine lacks',
    ['noise', '--engine', 'spark', '--guarantee', 'exactly-once'],
    'PIPELINE_CAPABILITY_MISSING',
  ],
  [
    'a cluster that no engine runs on',
    ['sustain', '--engine', 'event', '--flink-rest', 'http://127.0.0.1:1'],
    'HARNESS_OPTION_INVALID',
  ],
  [
    'a master that is no address of one',
    ['run', '--engine', 'spark', '--spark-master', 'local[2]'],
    'HARNESS_OPTION_INVALID',
  ],
  [
    'a command that kills nothing here',
    ['run', '--engine', 'flink', '--kill-command', 'true'],
    'HARNESS_OPTION_INVALID',
  ],
  [
    'kills on a cluster without a command',
    ['recover', '--engine', 'flink', '--flink-rest', 'http://127.0.0.1:1'],
    'HARNESS_KILL_COMMAND_MISSING',
  ],
  ['a sweep that no engine knows', ['recover', '--sweep', 'checkpoints=1,2'], 'HARNESS_OPTION_INVALID'],
  [
    'a swept value of the wrong type',
    ['recover', '--sweep', 'checkpointIntervalMs=1000,often'],
    'PIPELINE_SETTING_INVALID',
  ],
  [
    'a slot of an engine without slots',
    ['recover', '--engine', 'micro-batch', '--target', 'slot'],
    'HARNESS_OPTION_INVALID',
  ],
  ['numbers of keys that are none', ['recover', '--keys', '1e3,many'], 'HARNESS_OPTION_INVALID'],
  ['an unreachable broker', ['run', '--broker', '127.0.0.1:1'], 'KAFKA_UNREACHABLE'],
  ['a broker that is no address', ['run', '--broker', 'nonsense'], 'KAFKA_BROKER_CHOICE_INVALID'],
  [
    'a client configuration that is not there',
    ['run', '--broker', '127.0.0.1:1', '--client-config', 'FOLDER/none'],
    'KAFKA_CONFIG',
  ],
  ['a matrix file that is not there', ['matrix', 'FOLDER/none.yaml'], 'MATRIX_FILE_UNREADABLE'],
  ['a matrix file with a wrong field', ['matrix', 'FOLDER/wrong.yaml'], 'MATRIX_FILE_INVALID'],
  ['a matrix without a file', ['matrix'], 'HARNESS_OPTION_INVALID'],
  ['no comparisons', ['noise', '--comparisons', '0'], 'HARNESS_OPTION_INVALID'],
  ['a result that is not there', ['report', 'FOLDER/none.json'], 'REPORT_FILE_MISSING'],
  ['a result of another version', ['report', 'FOLDER/future.json'], 'REPORT_VERSION_UNKNOWN'],
  ['a result cut short', ['report', 'FOLDER/cut.json'], 'REPORT_FILE_TRUNCATED'],
  ['a vector file cut short', ['conformance', 'FOLDER/broken.jsonl'], 'CONFORMANCE_LINE_BROKEN'],
  ['a vector file of no known format', ['conformance', 'FOLDER/other.jsonl'], 'CONFORMANCE_FILE_UNKNOWN'],
  ['half a new vector', ['conformance', '--fresh', '--cases', '0.5'], 'HARNESS_OPTION_INVALID'],
  ['a vector file that is not there', ['conformance', 'FOLDER/none.jsonl'], 'CONFORMANCE_FILE_MISSING'],
  ['a log file that is not there', ['log', 'show', '--file', 'FOLDER/none.log'], 'WORKLOAD_LOG_UNREADABLE'],
];

test('bad input: code, message and hint, exit code 2, no stack', async () => {
  const commandLines = CASES.map(([, line]) => line.map((part) => part.replace('FOLDER', folder)));
  const ended = await runInTurn(commandLines);
  expect(ended).toHaveLength(CASES.length);
  for (const [index, [problem, , code]] of CASES.entries()) {
    const { exitCode, stdout, stderr } = ended[index] as Ended;
    expect.soft(stderr, problem).toContain(`error ${code}`);
    expect.soft(stderr, problem).toMatch(/\n {2}\S/);
    expect.soft(stderr, problem).not.toMatch(/\n\s+at .*\.ts:/);
    expect.soft(stdout, problem).toBe('');
    expect.soft(exitCode, problem).toBe(2);
  }
});

test('a machine without Java is told how to get it', async () => {
  const { PATH: _path, JAVA_HOME: _javaHome, ...rest } = process.env;
  const { exitCode, stderr } = await runCommandLine(['run', '--broker', 'embedded'], {
    ...rest,
    PATH: folder,
  });
  expect(stderr).toContain('error JAVA_MISSING');
  expect(exitCode).toBe(2);
});

test('an engine that the chosen broker does not serve is refused as any user error, and nothing of the session is left', async () => {
  const out = join(folder, 'never-made');
  const { exitCode, stderr } = await runCommandLine([
    ...['run', '--engine', 'flink', '--broker', 'log', '--measure', 'drain', '--out', out],
  ]);
  expect(stderr).toContain('error FLINK_KAFKA_NEEDED: ');
  expect(exitCode).toBe(2);
  await expect(access(out)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('an option that does not exist is a usage error', async () => {
  const { exitCode, stderr } = await runCommandLine(['run', '--speed', '9']);
  expect(stderr).toContain("unknown option '--speed'");
  expect(exitCode).toBe(2);
});
