import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type EmbeddedLog, type KafkaClient, startEmbeddedLog } from '../../../kafka/index.ts';
import type { EngineMessage } from '../../pipeline/process/index.ts';
import { RestClient } from '../rest/index.ts';
import {
  CHECKPOINTS,
  FAILURE,
  JOB,
  METRIC_NAMES,
  METRIC_VALUES,
  NO_FAILURE,
  OVERVIEW,
  RESTORED,
  RUNNING_JOB,
  type ScriptedFlink,
  SOURCE,
  startScriptedFlink,
  WATERMARKS,
  WINDOWS,
} from '../rest/testing/index.ts';
import { JobProgress } from './job-progress.ts';
import { type JobContext, RunningJob } from './running-job.ts';

/** Stands still, ten seconds after the restore. */
const NOW_MS = RESTORED.restore_timestamp + 10_000;
const NOW_NS = 20_000_000_000n;
const RESTORED_NS = NOW_NS - 10_000_000_000n;
const clock = { nowMs: () => NOW_MS, monotonicNs: () => NOW_NS };

let flink: ScriptedFlink;
let log: EmbeddedLog;
let kafka: KafkaClient;
let told: EngineMessage[];
let ended: AbortController;
const tell = (message: EngineMessage) => {
  told.push(message);
};

beforeEach(async () => {
  log = await startEmbeddedLog();
  kafka = await connect(log.connection);
  await kafka.admin.createTopics([
    { topic: 'in', partitions: 4 },
    { topic: 'out', partitions: 1 },
  ]);
  told = [];
  ended = new AbortController();
  flink = await startScriptedFlink({
    [`GET /jobs/${JOB}`]: { body: RUNNING_JOB },
    [`GET /jobs/${JOB}/checkpoints`]: { body: CHECKPOINTS },
    [`GET /jobs/${JOB}/exceptions`]: { body: NO_FAILURE },
    [`GET /jobs/${JOB}/vertices/${SOURCE}/metrics`]: { body: METRIC_NAMES },
    [`GET /jobs/${JOB}/vertices/${SOURCE}/metrics?get`]: { body: METRIC_VALUES },
    [`GET /jobs/${JOB}/vertices/${WINDOWS}/watermarks`]: { body: WATERMARKS },
    [`POST /jobs/${JOB}/stop`]: { body: { 'request-id': 'r' } },
    [`GET /jobs/${JOB}/savepoints/r`]: { body: { status: { id: 'COMPLETED' }, operation: {} } },
  });
});
afterEach(async () => {
  ended.abort();
  await kafka.close();
  await log.stop();
  await flink.close();
});

function runningJob(change: Partial<JobContext> = {}): RunningJob {
  return new RunningJob({
    rest: new RestClient(flink.url),
    jobId: JOB,
    progress: new JobProgress(kafka, 'group', 'in'),
    clock,
    logFile: 'the log',
    savepointFolder: '/savepoints',
    isOwn: true,
    ...change,
  });
}

const tasksAre = (status: string, state = 'RUNNING') =>
  flink.answers.set(`GET /jobs/${JOB}`, {
    body: { ...RUNNING_JOB, state, vertices: RUNNING_JOB.vertices.map((vertex) => ({ ...vertex, status })) },
  });
const restore = () =>
  flink.answers.set(`GET /jobs/${JOB}/checkpoints`, {
    body: { ...CHECKPOINTS, latest: { ...CHECKPOINTS.latest, restored: RESTORED } },
  });
const asked = (line: string) => flink.requests.filter((request) => request.line.startsWith(line)).length;
async function untilAsked(line: string, times: number): Promise<void> {
  const before = asked(line);
  while (asked(line) < before + times) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function commit(offsets: readonly number[]): Promise<void> {
  const producer = await kafka.createTransactionalProducer({
    acks: -1,
    lingerMs: 0,
    maxInFlight: 1,
    transactionalId: 'flink',
    transactionTimeoutMs: 10_000,
  });
  producer.append({ topic: 'out', partition: 0, key: null, value: 'x' });
  const positions = offsets.map((offset, partition) => ({ topic: 'in', partition, offset, metadata: '' }));
  await producer.commit({ group: 'group', positions });
  await producer.close();
}

test('a job runs when its tasks do, not when it says so itself', async () => {
  tasksAre('SCHEDULED');
  const running = runningJob().untilRunning('submission', ended.signal);
  await untilAsked(`GET /jobs/${JOB}/checkpoints`, 2);
  tasksAre('RUNNING');
  expect(await running).toEqual({ restoredNs: NOW_NS, runningNs: NOW_NS });
});

test('after a restart it runs when it was seen down, restored at the instant of the JobManager', async () => {
  await commit([5, 0, 7, 9]);
  const job = runningJob();
  const running = job.untilRunning('fault', ended.signal);
  await untilAsked(`GET /jobs/${JOB}/checkpoints`, 2);
  restore();
  expect(await running).toEqual({ restoredNs: RESTORED_NS, runningNs: NOW_NS });
  expect(job.progress()).toMatchObject({ positions: [5, 0, 7, 9], committedPositions: [5, 0, 7, 9] });
  // That restore is known now: the next one is another.
  const again = job.untilRunning('fault', ended.signal);
  await untilAsked(`GET /jobs/${JOB}/checkpoints`, 2);
  tasksAre('CREATED');
  await untilAsked(`GET /jobs/${JOB}/checkpoints`, 2);
  tasksAre('RUNNING');
  expect(await again).toEqual({ restoredNs: NOW_NS, runningNs: NOW_NS });
});

test('a restore on a cluster with a clock of its own happens when it is seen', async () => {
  restore();
  const running = await runningJob({ isOwn: false }).untilRunning('fault', ended.signal);
  expect(running).toEqual({ restoredNs: NOW_NS, runningNs: NOW_NS });
});

test('a job that restarts before it ever ran fails with the cause, and so does one that ended', async () => {
  tasksAre('CREATED');
  flink.answers.set(`GET /jobs/${JOB}/exceptions`, { body: FAILURE });
  await expect(runningJob().untilRunning('submission', ended.signal)).rejects.toMatchObject({
    code: 'FLINK_JOB_FAILED',
    message: expect.stringContaining('is no longer reachable'),
  });
  flink.answers.set(`GET /jobs/${JOB}/exceptions`, { body: NO_FAILURE });
  tasksAre('CANCELED', 'CANCELED');
  await expect(runningJob().untilRunning('fault', ended.signal)).rejects.toMatchObject({
    code: 'FLINK_JOB_FAILED',
    message: expect.stringContaining('its state is CANCELED'),
  });
});

test('tells records and times of each vertex', async () => {
  await commit([0, 0, 0, 0]);
  const metrics = {
    'read-records': 120,
    'write-records': 7,
    'accumulated-busy-time': 30.5,
    'accumulated-backpressured-time': 20,
    'accumulated-idle-time': 950,
  };
  const vertices = RUNNING_JOB.vertices.map((vertex) => ({ ...vertex, metrics }));
  flink.answers.set(`GET /jobs/${JOB}`, { body: { ...RUNNING_JOB, vertices } });
  const job = runningJob();
  const following = job.follow(ended.signal, tell);
  await untilAsked(`GET /jobs/${JOB}/vertices/${WINDOWS}/watermarks`, 2);
  const tasks = job.progress().introspection?.tasks ?? [];
  expect(tasks.map(({ name }) => name)).toEqual(RUNNING_JOB.vertices.map(({ name }) => name));
  expect(tasks[1]).toMatchObject({
    busyMs: 30.5,
    backPressuredMs: 20,
    idleMs: 950,
    operators: [{ recordsIn: 120, recordsOut: 7 }],
  });
  ended.abort();
  await following;
});

test('tells how far it is and each checkpoint once, until its tasks go down', async () => {
  await commit([1, 0, 0, 600]);
  const job = runningJob();
  const following = job.follow(ended.signal, tell);
  await untilAsked(`GET /jobs/${JOB}/vertices/${WINDOWS}/watermarks`, 2);
  // The 644th record of partition 3 was read, and none of partition 0.
  expect(job.progress()).toMatchObject({
    positions: [0, 0, 0, 644],
    committedPositions: [1, 0, 0, 600],
    watermarkMs: 1767225718917,
  });
  flink.answers.set(`GET /jobs/${JOB}/exceptions`, { body: FAILURE });
  tasksAre('CREATED');
  expect(await following).toContain('is no longer reachable');
  const startedAtNs = NOW_NS - BigInt(NOW_MS - 1795445172238) * 1_000_000n;
  expect(told.filter(({ kind }) => kind === 'report')).toEqual([
    {
      kind: 'report',
      atNs: startedAtNs + 694_000_000n,
      report: {
        kind: 'checkpoint-completed',
        checkpoint: { checkpointId: 7, startedAtNs, durationMs: 694, pauseMs: null, bytesWritten: 18150 },
      },
    },
  ]);
});

test('a TaskManager that hangs is given up when the JobManager has done so, unless it is a cluster of others', async () => {
  tasksAre('CREATED');
  flink.answers.set('GET /overview', { body: { ...OVERVIEW, 'slots-total': 0 } });
  await expect(runningJob().untilRunning('down', ended.signal)).rejects.toMatchObject({
    code: 'FLINK_TASK_MANAGER_SILENT',
    hint: expect.stringContaining('the log'),
  });
  // After a kill no slots are right until the next TaskManager has registered.
  const others = runningJob({ isOwn: false }).untilRunning('down', ended.signal);
  const killed = runningJob().untilRunning('fault', ended.signal);
  await untilAsked(`GET /jobs/${JOB}/checkpoints`, 4);
  tasksAre('RUNNING');
  await Promise.all([others, killed]);
});

test('a JobManager that is silent for a while is asked again', async () => {
  flink.answers.set(`GET /jobs/${JOB}`, { status: 503, body: { errors: ['Leader election is going on.'] } });
  const running = runningJob().untilRunning('submission', ended.signal);
  await untilAsked(`GET /jobs/${JOB}`, 1);
  tasksAre('RUNNING');
  await running;
});

test('one that stays silent is given up', async () => {
  let nowMs = NOW_MS;
  const impatient = { ...clock, nowMs: () => (nowMs += 40_000) };
  flink.answers.set(`GET /jobs/${JOB}`, { status: 503, body: { errors: ['Leader election is going on.'] } });
  await expect(
    runningJob({ clock: impatient }).untilRunning('submission', ended.signal),
  ).rejects.toMatchObject({
    code: 'FLINK_UNREACHABLE',
    message: expect.stringContaining('Leader election'),
  });
});

test('drain stops when the end was read; after a restart a checkpoint has to say so', async () => {
  const producer = await kafka.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
  for (let record = 0; record < 644; record += 1)
    producer.append({ topic: 'in', partition: 3, key: null, value: '' });
  await producer.flush();
  const job = runningJob();
  restore();
  await job.untilRunning('fault', ended.signal);
  const stopped = job.stop(true, ended.signal);
  await untilAsked(`GET /jobs/${JOB}/vertices`, 4);
  expect(asked(`POST /jobs/${JOB}/stop`)).toBe(0);
  await commit([0, 0, 0, 644]);
  await stopped;
  expect(asked(`POST /jobs/${JOB}/stop`)).toBe(1);
  expect(job.progress()).toMatchObject({ positions: [0, 0, 0, 644], committedPositions: [0, 0, 0, 644] });
});

test('a cluster without a folder for savepoints takes them beside its checkpoints', async () => {
  flink.answers.set(`POST /jobs/${JOB}/stop`, { status: 400, body: { errors: ['Config key is not set.'] } });
  await expect(runningJob({ savepointFolder: undefined }).stop(false, ended.signal)).rejects.toMatchObject({
    code: 'FLINK_JOB_FAILED',
    message: expect.stringContaining('Config key is not set'),
  });
  const bodies = flink.requests.map(({ body }) => body).filter((body) => body !== '');
  expect(bodies).toEqual(['{"drain":false}', '{"targetDirectory":"file:/state/checkpoints","drain":false}']);
});

test('a savepoint that fails is a failure of the job; an end of the TaskManager ends a stop', async () => {
  const failure = { 'stack-trace': 'A: b\nCaused by: No savepoint directory configured.\n' };
  flink.answers.set(`GET /jobs/${JOB}/savepoints/r`, {
    body: { status: { id: 'COMPLETED' }, operation: { 'failure-cause': failure } },
  });
  await expect(runningJob().stop(false, ended.signal)).rejects.toMatchObject({
    code: 'FLINK_JOB_FAILED',
    message: expect.stringContaining('No savepoint directory configured'),
  });
  flink.answers.set(`GET /jobs/${JOB}/savepoints/r`, { body: { status: { id: 'IN_PROGRESS' } } });
  const stopping = runningJob().stop(false, ended.signal);
  await untilAsked(`GET /jobs/${JOB}/savepoints/r`, 1);
  ended.abort();
  await expect(stopping).rejects.toMatchObject({ name: 'AbortError' });
});
