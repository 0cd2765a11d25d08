import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlinkRefusal, FlinkSilence, RestClient } from './rest-client.ts';
import {
  CHECKPOINTS,
  FAILURE,
  JAR_MISSING,
  JOB,
  METRIC_NAMES,
  METRIC_VALUES,
  NO_WATERMARK,
  OVERVIEW,
  RUNNING_JOB,
  SOURCE,
  TASK_MANAGERS,
  WATERMARKS,
  WINDOWS,
} from './testing/recorded.ts';
import { type ScriptedFlink, startScriptedFlink } from './testing/scripted-flink.ts';

let flink: ScriptedFlink;
let rest: RestClient;

beforeEach(async () => {
  flink = await startScriptedFlink({
    'GET /overview': { body: OVERVIEW },
    [`GET /jobs/${JOB}`]: { body: RUNNING_JOB },
    [`GET /jobs/${JOB}/checkpoints`]: { body: CHECKPOINTS },
    [`GET /jobs/${JOB}/exceptions`]: { body: FAILURE },
    [`GET /jobs/${JOB}/vertices/${SOURCE}/metrics`]: { body: METRIC_NAMES },
    [`GET /jobs/${JOB}/vertices/${SOURCE}/metrics?get`]: { body: METRIC_VALUES },
    [`GET /jobs/${JOB}/vertices/${WINDOWS}/watermarks`]: { body: WATERMARKS },
    [`GET /jobs/${JOB}/vertices/${SOURCE}/watermarks`]: { body: [] },
    [`GET /jobs/${JOB}/vertices/${SOURCE}/taskmanagers`]: { body: TASK_MANAGERS },
  });
  rest = new RestClient(`${flink.url}/`);
});
afterEach(() => flink.close());

test('reads what Flink tells of a cluster and of a job', async () => {
  expect(await rest.slots()).toEqual({ total: 2, free: 0 });
  const { state, vertices } = await rest.job(JOB);
  expect([state, ...vertices.map(({ status }) => status)]).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  const { latest, history } = await rest.checkpoints(JOB);
  expect([latest.restored, ...history.map(({ id, status }) => `${id} ${status}`)]).toEqual([
    ...[null, '8 IN_PROGRESS', '7 COMPLETED'],
  ]);
  expect(await rest.taskManagers(JOB, SOURCE)).toEqual(['127.0.0.1:34483-a142fd']);
});

test('says which Flink it is, and whether it takes jars', async () => {
  expect(await rest.version()).toBe('2.2.1');
  flink.answers.set('GET /config', { body: { features: { 'web-submit': false, 'web-cancel': true } } });
  expect(await rest.takesJars()).toBe(false);
});

test('one that never answers is given up, and an upload is broken off by its signal', async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  try {
    await expect(new RestClient(url, { answerLimitMs: 50 }).slots()).rejects.toThrow(
      new FlinkSilence('nothing came within 0.05 s'),
    );
    const jar = fileURLToPath(import.meta.url);
    const upload = new RestClient(url).upload(jar, AbortSignal.timeout(50));
    await expect(upload).rejects.toBeInstanceOf(FlinkSilence);
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});

test('a failure is told without its stack', async () => {
  expect(await rest.failures(JOB)).toEqual([
    'org.apache.flink.runtime.resourcemanager.exceptions.ResourceManagerException: TaskManager with id 127.0.0.1:46381-4807ed is no longer reachable.',
  ]);
});

test('metrics are asked for by name', async () => {
  expect(await rest.metricNames(JOB, SOURCE)).toHaveLength(4);
  const names = METRIC_VALUES.map(({ id }) => id);
  expect([...(await rest.metrics(JOB, SOURCE, names)).values()]).toEqual([643, -1]);
  expect(flink.requests.at(-1)?.line).toContain(`/metrics?get=${names.join(',')}`);
});

test('the watermark is that of the slowest subtask, and none before all have one', async () => {
  expect(await rest.watermarkMs(JOB, WINDOWS)).toBe(1767225718917);
  expect(await rest.watermarkMs(JOB, SOURCE)).toBeNull();
  flink.answers.set(`GET /jobs/${JOB}/vertices/${WINDOWS}/watermarks`, { body: NO_WATERMARK });
  expect(await rest.watermarkMs(JOB, WINDOWS)).toBeNull();
});

test('uploads a jar, runs it, stops with a savepoint, cancels', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flink-rest-'));
  const jar = join(folder, 'jobs.jar');
  await writeFile(jar, 'the jar');
  flink.answers.set('POST /jars/upload', { body: { filename: '/upload/1-2_jobs.jar', status: 'success' } });
  flink.answers.set('POST /jars/1-2_jobs.jar/run', { body: { jobid: JOB } });
  flink.answers.set(`POST /jobs/${JOB}/stop`, { status: 202, body: { 'request-id': 'r' } });
  flink.answers.set(`PATCH /jobs/${JOB}?mode`, { status: 202, body: {} });
  const jarId = await rest.upload(jar);
  const configuration = { 'execution.checkpointing.interval': '1000 ms' };
  const submission = { jarId, entryClass: 'a.Job', arguments: ['--b', 'c'], parallelism: 2, configuration };
  expect(await rest.run(submission)).toBe(JOB);
  expect(await rest.stopWithSavepoint(JOB, 'file:///savepoints')).toBe('r');
  await rest.stopWithSavepoint(JOB, undefined);
  await rest.cancel(JOB);
  await rm(folder, { recursive: true });
  const [upload, run, stop, stopElsewhere, cancel] = flink.requests;
  expect(upload?.body).toContain('name="jarfile"; filename="jobs.jar"');
  expect(upload?.body).toContain('the jar');
  expect(JSON.parse(run?.body ?? '')).toEqual({
    entryClass: 'a.Job',
    programArgsList: ['--b', 'c'],
    parallelism: 2,
    flinkConfiguration: configuration,
  });
  expect(JSON.parse(stop?.body ?? '')).toEqual({ targetDirectory: 'file:///savepoints', drain: false });
  expect(JSON.parse(stopElsewhere?.body ?? '')).toEqual({ drain: false });
  expect(cancel?.line).toBe(`PATCH /jobs/${JOB}?mode=cancel`);
});

test.each([
  [{ status: { id: 'IN_PROGRESS' }, operation: null }, undefined],
  [{ status: { id: 'COMPLETED' }, operation: { location: 'file:/savepoints/savepoint-1' } }, null],
  [
    {
      status: { id: 'COMPLETED' },
      operation: { 'failure-cause': { 'stack-trace': 'A: b\n\tat c\nCaused by: D: e\n\tat f\n' } },
    },
    'D: e',
  ],
])('the outcome of a savepoint, %#', async (body, outcome) => {
  flink.answers.set(`GET /jobs/${JOB}/savepoints/r`, { body });
  expect(await rest.savepointOutcome(JOB, 'r')).toBe(outcome);
});

test('a refusal is the innermost cause of what Flink says', async () => {
  flink.answers.set('POST /jars/none.jar/run', { status: 400, body: JAR_MISSING });
  const submission = { jarId: 'none.jar', entryClass: '', arguments: [], parallelism: 1, configuration: {} };
  await expect(rest.run(submission)).rejects.toThrow(
    new FlinkRefusal(
      'org.apache.flink.runtime.rest.handler.RestHandlerException: Jar file /none.jar does not exist',
    ),
  );
  await expect(rest.job('other')).rejects.toThrow('Not found: /jobs/other');
});

test.each([
  ['<html>', 'answered what no Flink 2.2 answers: <html>'],
  [{ taskmanagers: 1 }, 'answered what no Flink 2.2 answers'],
])('an answer of something else is a refusal, %#', async (body, message) => {
  flink.answers.set('GET /overview', { body });
  await expect(rest.slots()).rejects.toThrow(message);
});

test('no answer, and a JobManager that cannot serve, are silence', async () => {
  flink.answers.set('GET /overview', { status: 503, body: { errors: ['Leader election is going on.'] } });
  await expect(rest.slots()).rejects.toThrow(new FlinkSilence('Leader election is going on.'));
  await flink.close();
  await expect(rest.slots()).rejects.toBeInstanceOf(FlinkSilence);
  await expect(new RestClient('nowhere').slots()).rejects.toBeInstanceOf(FlinkSilence);
  flink = await startScriptedFlink({});
});
