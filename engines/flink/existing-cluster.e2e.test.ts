import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GuardedProcess, mavenJars, requireJava } from '../../java/index.ts';
import { type EmbeddedBroker, startEmbeddedBroker } from '../../kafka/index.ts';
import { OwnCluster } from './cluster/index.ts';
import { FLINK } from './jars.ts';
import { flinkPipeline } from './pipeline.ts';
import { flinkSettings } from './settings/index.ts';
import { deployJob } from './testing/deployed-job.ts';

let broker: EmbeddedBroker;
let folder: string;
let cluster: OwnCluster;
let taskManager: GuardedProcess;

/** In place of somebody's cluster: without our connector, clients and Jackson on its class path, as an official image is. */
beforeAll(async () => {
  const { dependencies } = await mavenJars(FLINK);
  broker = await startEmbeddedBroker();
  folder = await mkdtemp(join(tmpdir(), 'flink-cluster-'));
  cluster = await OwnCluster.start({
    java: (await requireJava(FLINK)).program,
    jars: dependencies.filter(
      (jar) => !/\/(flink-connector-kafka|flink-connector-base|kafka-clients|flink-cep|jackson-)/.test(jar),
    ),
    folder: join(folder, 'state'),
    heapMb: 512,
    settings: flinkSettings.parse({ heartbeatIntervalMs: 200 }),
    logFile: join(folder, 'log'),
  });
  taskManager = cluster.startTaskManager();
  const slots = () => cluster.rest.slots().catch(() => ({ total: 0 }));
  while ((await slots()).total < 2) await new Promise((resolve) => setTimeout(resolve, 50));
});
afterAll(async () => {
  for (const { order, ended } of [taskManager, cluster?.jobManager].filter(
    (process) => process !== undefined,
  )) {
    order({ signal: 'SIGKILL', keepLogs: false });
    await ended;
  }
  await broker?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

test('on an existing Flink a job survives the kill of a TaskManager by a command, and is stopped or cancelled', async () => {
  const killCommand = `test -n "$FLINK_JOB_ID" && test -n "$FLINK_TASK_MANAGERS" && kill -KILL ${await taskManager.started}`;
  const flink = flinkPipeline({ restUrl: cluster.rest.url, killCommand });
  const job = await deployJob(broker.connection, flink);
  try {
    const { pipeline, events } = job;
    const kinds = (): string[] => events.map(({ kind }) => kind);
    expect(pipeline.processIds()).toEqual([]);
    await job.send(10_000);
    await job.until(() => kinds().includes('checkpoint-completed'));
    pipeline.kill('process');
    taskManager = cluster.startTaskManager();
    await job.send(10_000);
    await job.until(() => kinds().filter((kind) => kind === 'running').length === 2);
    await pipeline.stop({ drain: true });
    expect(await job.wrongOutputs()).toEqual([]);
    expect(kinds().filter((kind) => !kind.startsWith('checkpoint'))).toEqual([
      ...['restored', 'running', 'process-exited', 'restored', 'running', 'stopped'],
    ]);
  } finally {
    await job.end();
  }
  // Flink answers the cancellation before the slots are free.
  await expect.poll(() => cluster.rest.slots(), { timeout: 60_000 }).toEqual({ total: 2, free: 2 });
});
