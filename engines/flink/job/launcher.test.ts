import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CrosscurrentError } from '../../../errors/index.ts';
import type { PipelineEvent, RunningPipeline } from '../../pipeline/index.ts';
import {
  type EngineLauncher,
  type IncarnationOptions,
  superviseEngine,
} from '../../pipeline/process/index.ts';
import { flinkSettings } from '../settings/index.ts';
import { taskManagerLauncher } from './launcher.ts';

let root: string;
let events: PipelineEvent[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flink-launcher-'));
  events = [];
});
afterEach(() => rm(root, { recursive: true }));

/** A `java` that notes its process id and then does what the shell says for a JobManager and for a TaskManager. */
async function launcherOf(script: { jobManager: string; taskManager: string }): Promise<EngineLauncher> {
  const java = join(root, 'java');
  const { jobManager, taskManager } = script;
  await writeFile(
    java,
    `#!/bin/sh\necho $$ >> ${root}/ids\ncase "$*" in *TaskManagerRunner*) ${taskManager};; *) ${jobManager};; esac\n`,
    { mode: 0o755 },
  );
  return taskManagerLauncher({
    deployment: deployment(),
    settings: flinkSettings.parse({}),
    entryClass: 'a.Job',
    brokers: ['127.0.0.1:1'],
    java,
    jars: ['flink.jar'],
    jobJar: 'jobs.jar',
  });
}

const deployment = () => ({
  dataflow: { module: 'file:///none.ts', export: 'none', options: null },
  topics: { input: 'in' },
  kafka: { kind: 'kafka' as const, brokers: ['127.0.0.1:1'] },
  guarantee: 'at-least-once' as const,
  settings: {},
  group: 'group',
  stateFolder: join(root, 'state'),
  heapMb: 512,
  brokenInput: true,
});

function deploy(launcher: EngineLauncher): Promise<RunningPipeline> {
  return superviseEngine({
    engine: 'flink',
    capabilities: new Set(),
    launcher,
    deployment: deployment(),
    onEvent: (event) => events.push(event),
  });
}

/** Process ids of all that was started and lives. */
async function left(): Promise<string[]> {
  const ids = existsSync(join(root, 'ids')) ? (await readFile(join(root, 'ids'), 'utf8')).trim() : '';
  return ids.split('\n').filter((id) => id !== '' && lives(Number(id)));
}

function lives(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

test('a TaskManager that ends by itself is told with the cause in its log, and the JobManager goes too', async () => {
  const taskManager = 'echo "Caused by: java.lang.IllegalArgumentException: heap too small"; exit 1';
  const failure = await deploy(await launcherOf({ jobManager: 'exec sleep 60', taskManager })).catch(
    (error: CrosscurrentError) => error,
  );
  expect(failure).toMatchObject({
    code: 'FLINK_PROCESS_ENDED',
    message: expect.stringMatching(
      /TaskManager ended: it exited with code 1. java.lang.IllegalArgumentException: heap too small/,
    ),
    hint: expect.stringContaining(join(root, 'state.log')),
  });
  expect(existsSync(join(root, 'state.log'))).toBe(true);
  expect(await left()).toEqual([]);
  expect(events.map(({ kind }) => kind)).toEqual(['process-started', 'process-exited']);
});

test('a JobManager that ends by itself takes the TaskManager along', async () => {
  const jobManager = 'echo "2026-01-01 ERROR ClusterEntrypoint - Could not bind to port 80"; exit 2';
  await expect(deploy(await launcherOf({ jobManager, taskManager: 'exec sleep 60' }))).rejects.toMatchObject({
    code: 'FLINK_PROCESS_ENDED',
    message: expect.stringMatching(/JobManager ended: it exited with code 2. .*Could not bind to port 80/),
  });
  expect(await left()).toEqual([]);
});

test('a java that cannot be started is told', async () => {
  const launcher = await launcherOf({ jobManager: 'exit', taskManager: 'exit' });
  await rm(join(root, 'java'));
  await expect(deploy(launcher)).rejects.toMatchObject({
    code: 'FLINK_PROCESS_ENDED',
    message: expect.stringContaining('ENOENT'),
  });
});

test.each([
  ['before anything has started', 'none'],
  ['while the TaskManager starts', 'task-manager'],
])('killed %s it exits once and leaves nothing, and a second kill changes nothing', async (_, when) => {
  const launcher = await launcherOf({ jobManager: 'exec sleep 60', taskManager: 'exec sleep 60' });
  const exits: string[] = [];
  const started = Promise.withResolvers<void>();
  const exited = Promise.withResolvers<void>();
  const incarnation = launcher.start({
    deployment: deployment(),
    log: { path: join(root, 'log') } as IncarnationOptions['log'],
    clock: { nowMs: () => 0, monotonicNs: () => 7n },
    onStarted: () => started.resolve(),
    onMessage: () => {},
    onExit: ({ cause }) => {
      exits.push(cause);
      exited.resolve();
    },
  });
  if (when === 'task-manager') await started.promise;
  expect(incarnation.kill()).toBe(7n);
  incarnation.kill();
  await exited.promise;
  expect(incarnation.processId).toBeUndefined();
  await launcher.close();
  expect(exits).toEqual([
    when === 'none' ? 'it was killed before it had started' : expect.stringContaining('SIGKILL'),
  ]);
  expect(await left()).toEqual([]);
});
