import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CrosscurrentError } from '../../../errors/index.ts';
import type { Deployment } from '../../pipeline/index.ts';
import type { EngineLauncher, Incarnation, IncarnationOptions } from '../../pipeline/process/index.ts';
import { RestClient } from '../rest/index.ts';
import { JOB, OVERVIEW, RUNNING_JOB, type ScriptedFlink, startScriptedFlink } from '../rest/testing/index.ts';
import { flinkSettings } from '../settings/index.ts';
import { existingClusterLauncher } from './existing-launcher.ts';

let folder: string;
let flink: ScriptedFlink;
let launcher: EngineLauncher;
let exited: PromiseWithResolvers<Parameters<IncarnationOptions['onExit']>[0]>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flink-existing-'));
  await writeFile(join(folder, 'jobs.jar'), 'the jar');
  exited = Promise.withResolvers();
  flink = await startScriptedFlink({
    'GET /overview': { body: OVERVIEW },
    'POST /jars/upload': { body: { filename: '/upload/jobs.jar' } },
    'POST /jars/jobs.jar/run': { body: { jobid: JOB } },
    [`GET /jobs/${JOB}`]: { body: RUNNING_JOB },
  });
});
afterEach(async () => {
  await launcher.close();
  await flink.close();
  await rm(folder, { recursive: true });
});

/** @param stepMs how far time goes on whenever somebody looks */
function start(stepMs: number): Incarnation {
  const deployment: Deployment = {
    dataflow: { module: 'file:///none.ts', export: 'none', options: null },
    topics: { input: 'in' },
    kafka: { kind: 'kafka', brokers: ['127.0.0.1:1'] },
    guarantee: 'at-least-once',
    settings: {},
    group: 'group',
    stateFolder: join(folder, 'state'),
    heapMb: 512,
    brokenInput: true,
  };
  launcher = existingClusterLauncher({
    deployment,
    settings: flinkSettings.parse({}),
    entryClass: 'a.Job',
    brokers: ['127.0.0.1:1'],
    rest: new RestClient(flink.url),
    jobJar: join(folder, 'jobs.jar'),
    killCommand: undefined,
  });
  let nowMs = 0;
  return launcher.start({
    deployment,
    log: { path: join(folder, 'log') } as IncarnationOptions['log'],
    clock: { nowMs: () => (nowMs += stepMs), monotonicNs: () => 0n },
    onStarted: () => {},
    onMessage: () => {},
    onExit: exited.resolve,
  });
}

const asked = (line: string) => flink.requests.filter((request) => request.line.startsWith(line)).length;
async function untilAsked(line: string, times: number): Promise<void> {
  while (asked(line) < times) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('slots that others keep are asked for again, since Flink frees them late, and then refused; nothing was uploaded', async () => {
  start(15_000);
  const { error } = await exited.promise;
  expect(error).toMatchObject({
    code: 'FLINK_SLOTS_TAKEN',
    message: expect.stringContaining('has 0 free slots'),
  });
  expect((error as CrosscurrentError).exit).toBe('usage');
  expect(flink.requests.map(({ line }) => line)).toEqual(['GET /overview', 'GET /overview']);
});

test('an abandoned wait for slots ends at once', async () => {
  const incarnation = start(0);
  await untilAsked('GET /overview', 1);
  incarnation.kill();
  expect(await exited.promise).toMatchObject({ cause: 'it was abandoned', error: undefined });
  await launcher.close();
  expect(flink.requests.map(({ line }) => line)).not.toContain('POST /jars/upload');
});
