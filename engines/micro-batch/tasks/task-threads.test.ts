import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type EmbeddedLog, type KafkaClient, startEmbeddedLog } from '../../../kafka/index.ts';
import { type Deployment, loadDataflow } from '../../pipeline/index.ts';
import { type BatchTasks, inlineTasks, MemorySink, MicroBatchExecution } from '../execution/index.ts';
import { createMemoryFileStore } from '../log/index.ts';
import { compilePlan } from '../plan/index.ts';
import { microBatchSettings } from '../settings/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';
import { openSources, startTaskThreads } from './index.ts';

const TIMEOUT_MS = 60_000;
const PARTITIONS = 4;
const ROWS = 3_000;

let log: EmbeddedLog;
let client: KafkaClient;
let folder: string;

/** One log that every dataflow of `dataflows.ts` reads: names of all their fields, some late, some no JSON. */
function record(seq: number): string {
  if (seq % 500 === 7) return '{"seq":';
  const timeMs = 10 * seq - (seq % 90 === 5 ? 30_000 : 0);
  return JSON.stringify({
    seq,
    shop: `shop ${(seq * 7919) % (seq < ROWS / 2 ? 40 : 400)} é`,
    region: `region-${seq % 5}`,
    amount: (seq * 31) % 97,
    timeMs,
  });
}

beforeAll(async () => {
  log = await startEmbeddedLog();
  client = await connect(log.connection);
  folder = await mkdtemp(join(tmpdir(), 'task-threads-'));
  await client.admin.createTopics([{ topic: 'in', partitions: PARTITIONS }]);
  const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
  for (let seq = 0; seq < ROWS; seq++) {
    producer.append({ topic: 'in', partition: (seq * 7919) % PARTITIONS, key: null, value: record(seq) });
  }
  await producer.close();
}, TIMEOUT_MS);

afterAll(async () => {
  await client.close();
  await log.stop();
  await rm(folder, { recursive: true, force: true });
});

const deploymentOf = (dataflow: string): Deployment => ({
  dataflow: {
    module: new URL('../testing/dataflows.ts', import.meta.url).href,
    export: dataflow,
    options: {},
  },
  topics: { input: 'in', output: 'out', 'dead-letter': 'dead' },
  kafka: log.connection,
  guarantee: 'at-least-once',
  settings: {},
  group: 'job',
  stateFolder: folder,
  heapMb: 256,
  brokenInput: true,
});

/** Runs a dataflow over the whole log, in batches of so many records. */
async function runAll(deployment: Deployment, tasks: BatchTasks | undefined, maxRecordsPerBatch: number) {
  const settings = microBatchSettings.parse({ maxRecordsPerBatch });
  const plan = compilePlan(await loadDataflow(deployment.dataflow));
  const sources = await openSources({ client, plan, deployment, settings, incarnation: 1 });
  const sink = new MemorySink();
  const execution = await MicroBatchExecution.restore({
    plan,
    sources,
    tasks: tasks ?? inlineTasks(plan, sources),
    sink,
    files: createMemoryFileStore(),
    openStores: (files) => createMemoryStateFactory(files, 10),
    clock: { nowMs: () => 1, monotonicNs: () => 0n },
    settings,
  });
  const batches: { readonly inputRows: number; readonly watermarkMs: number | null }[] = [];
  for (;;) {
    const progress = await execution.runBatch();
    if (progress === undefined) break;
    batches.push({ inputRows: progress.inputRows, watermarkMs: progress.watermarkMs });
  }
  await Promise.all(sources.map((source) => source.close()));
  await execution.close();
  return { rows: sink.rows(), batches, counters: execution.counters };
}

test.each([
  ['spend', 3],
  ['sales', 2],
] as const)(
  '%s: %i threads, whatever the batches, give what this thread gives',
  async (dataflow, count) => {
    const deployment = deploymentOf(dataflow);
    const threads = startTaskThreads(deployment, 1, count);
    for (const maxRecordsPerBatch of [0, 700]) {
      const expected = await runAll(deployment, undefined, maxRecordsPerBatch);
      expect(expected.rows.length).toBeGreaterThan(100);
      expect(expected.batches.length).toBeGreaterThanOrEqual(maxRecordsPerBatch === 0 ? 1 : 5);
      expect(expected.counters.deadLetters).toBe(6);
      expect(await runAll(deployment, threads, maxRecordsPerBatch)).toEqual(expected);
    }
    await threads.close();
  },
  TIMEOUT_MS,
);

test(
  'a thread that ends fails the batch and every later one',
  async () => {
    const tasks = startTaskThreads(deploymentOf('spend'), 1, 2);
    const ranges = [{ from: [0, 0, 0, 0], to: [1, 1, 1, 1] }];
    await tasks.run(ranges);
    await tasks.terminate();
    for (const _ of ['this batch', 'a later one']) {
      await expect(tasks.run(ranges)).rejects.toMatchObject({ code: 'MICRO_BATCH_TASK_DIED' });
    }
  },
  TIMEOUT_MS,
);

test(
  'what keeps a thread from starting is told as it is',
  async () => {
    const tasks = startTaskThreads(deploymentOf('no such export'), 1, 2);
    await expect(tasks.run([{ from: [0], to: [1] }])).rejects.toMatchObject({
      code: 'PIPELINE_DATAFLOW_NOT_FOUND',
    });
    await tasks.terminate();
  },
  TIMEOUT_MS,
);
