import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PipelineEvent, RunningPipeline } from '../../pipeline/index.ts';
import { superviseEngine } from '../../pipeline/process/index.ts';
import { sparkSettings } from '../settings/index.ts';
import { driverLauncher } from './launcher.ts';

const FAKE = fileURLToPath(new URL('./testing/fake-driver.ts', import.meta.url));

let root: string;
let java: string;
let events: PipelineEvent[];
let pipeline: RunningPipeline | undefined;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spark-driver-'));
  java = join(root, 'java');
  writeFileSync(java, `#!/bin/sh\nexec '${process.execPath}' '${FAKE}' "$@"\n`);
  chmodSync(java, 0o755);
  events = [];
  pipeline = undefined;
});

afterEach(async () => {
  await pipeline?.abandon();
  rmSync(root, { recursive: true, force: true });
});

async function deploy(
  script: string,
  killCommand: string | null = null,
  silenceLimitMs = 60_000,
): Promise<RunningPipeline> {
  const deployment = {
    dataflow: { module: 'file:///none.ts', export: 'none', options: null },
    topics: { input: 'in', output: 'out' },
    kafka: { kind: 'kafka', brokers: ['127.0.0.1:1'] },
    guarantee: 'at-least-once',
    settings: {},
    group: 'run-1',
    stateFolder: join(root, 'state'),
    heapMb: 512,
    brokenInput: false,
  } as const;
  const launcher = driverLauncher(java, {
    deployment,
    settings: sparkSettings.parse({}),
    workload: script,
    brokers: deployment.kafka.brokers,
    classpath: 'jobs.jar',
    archiveOptions: [],
    cluster: script === 'no-master' ? { master: 'spark://127.0.0.1:1', jars: [] } : null,
    killCommand,
    silenceLimitMs,
  });
  pipeline = await superviseEngine({
    engine: 'spark',
    capabilities: new Set(killCommand === null ? [] : (['slot-failure'] as const)),
    launcher,
    deployment,
    onEvent: (event) => events.push(event),
  });
  return pipeline;
}

const kinds = (): string[] => events.map(({ kind }) => kind);

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

const startedIds = (): number[] =>
  events.flatMap((event) => (event.kind === 'process-started' ? [event.processId] : []));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('a stop, asked for twice, ends the driver after what it still commits', async () => {
  const running = await deploy('serve');
  await Promise.all([running.stop({ drain: true }), running.stop({ drain: true })]);
  expect(kinds()).toEqual(['process-started', 'restored', 'running', 'batch-completed', 'stopped']);
  expect(running.progress()).toMatchObject({ positions: [10], committedPositions: [10] });
  expect(startedIds().map(isAlive)).toEqual([false]);
});

test('a SIGKILL brings a new driver, restored where the offsets were logged', async () => {
  const running = await deploy('serve');
  running.kill('process');
  await until(() => kinds().filter((kind) => kind === 'running').length === 2);
  expect(kinds().slice(3)).toEqual(['process-exited', 'process-started', 'restored', 'running']);
  await running.stop({ drain: false });
  expect(startedIds().map(isAlive)).toEqual([false, false]);
});

test('what is no JSON is kept in the log and disturbs nothing', async () => {
  const running = await deploy('noise');
  expect(readFileSync(join(root, 'state.log'), 'utf8')).toContain('something about an archive');
  await running.stop({ drain: false });
  expect(kinds()).toContain('stopped');
});

test.each([
  ['exit-in-start', 'PIPELINE_START_FAILED', 'exit code 7'],
  ['refuse', 'SPARK_DRIVER_USAGE', '--trigger is missing'],
  ['fail', 'SPARK_QUERY_FAILED', 'no such topic'],
  ['no-executor', 'SPARK_NO_EXECUTOR', 'no executor within 60 s'],
  ['no-master', 'SPARK_MASTER_UNREACHABLE', 'spark://127.0.0.1:1'],
  ['full-heap', 'SPARK_HEAP_TOO_SMALL', '512 MiB'],
  ['foreign', 'PIPELINE_START_FAILED', 'atNs'],
])('a driver that does not start (%s) gives %s, and nothing is left', async (script, code, message) => {
  await expect(deploy(script)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  expect(startedIds().map(isAlive)).toEqual([false]);
});

test('the error of a query holds the last warnings of the log, which goes with the run', async () => {
  await expect(deploy('fail')).rejects.toMatchObject({
    hint: expect.stringMatching(/warned last of:\n2026-01-01 WARN AppInfoParser: not so well$/),
  });
});

test('what a driver said last is told without the frames of its stack', async () => {
  await expect(deploy('exit-in-start')).rejects.toMatchObject({
    hint: expect.stringMatching(/The end of it:\nlast words$/),
  });
});

test('a driver that says nothing is ended: it fails the start, and later is replaced', async () => {
  await expect(deploy('hang', null, 400)).rejects.toMatchObject({ code: 'SPARK_DRIVER_SILENT' });
  rmSync(join(root, 'state', 'started'), { force: true });
  const running = await deploy('hang-later', null, 3_000);
  await until(() => events.filter(({ kind }) => kind === 'running').length === 2);
  await running.stop({ drain: false });
  expect(startedIds().map(isAlive)).not.toContain(true);
});

test('a driver killed before it runs fails the start', async () => {
  const deploying = deploy('hang');
  deploying.catch(() => {});
  await until(() => startedIds().length === 1);
  process.kill(startedIds()[0] as number, 'SIGKILL');
  await expect(deploying).rejects.toMatchObject({
    code: 'PIPELINE_START_FAILED',
    message: expect.stringContaining('SIGKILL'),
  });
});

test('a java that is not there fails the start', async () => {
  rmSync(java);
  await expect(deploy('serve')).rejects.toMatchObject({
    code: 'PIPELINE_START_FAILED',
    message: expect.stringContaining('ENOENT'),
  });
});

test("the fault of a slot is the user's command, whose failure is told", async () => {
  const proof = join(root, 'killed');
  const running = await deploy('serve', `touch '${proof}' && test -e '${root}/ready'`);
  expect(() => running.kill('slot')).toThrow(expect.objectContaining({ code: 'SPARK_KILL_COMMAND_FAILED' }));
  expect(readFileSync(proof, 'utf8')).toBe('');
  writeFileSync(join(root, 'ready'), '');
  running.kill('slot');
  await running.stop({ drain: false });
});
