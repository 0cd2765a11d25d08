import { expect, test } from 'vitest';
import type { Schema } from '../../pipeline/index.ts';
import { createMemoryFileStore, type FileStore } from '../log/index.ts';
import type { AggregatePlan, BatchPlan } from '../plan/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';
import { MemorySink } from './memory-sink.ts';
import { MemorySource } from './memory-source.ts';
import { MicroBatchExecution } from './micro-batch-execution.ts';

const SCHEMA: Schema = { key: 'utf8', timeMs: 'int64' };

const PLAN: BatchPlan = {
  sources: [
    {
      input: 'input',
      schema: SCHEMA,
      columns: ['key', 'timeMs'],
      steps: [{ kind: 'watermark', field: 'timeMs' }],
      watermarkDelayMs: 10,
    },
  ],
  operator: {
    kind: 'aggregate',
    key: { field: 'key', type: 'utf8' },
    window: { sizeMs: 10, slideMs: 10, offsetMs: 0 },
    eventTime: { field: 'timeMs', delayMs: 10 },
    aggregates: { count: { function: 'count' } },
    outputMode: 'append',
  },
};

/** A clock by hand: every look at it takes no time, and a second passes from batch to batch. */
class Query {
  readonly source = new MemorySource(SCHEMA, 2);
  readonly files: FileStore = createMemoryFileStore();
  nowMs = 1_000;
  #ids = 0;

  start(maxRecordsPerBatch = 0, plan = PLAN): Promise<MicroBatchExecution> {
    return MicroBatchExecution.restore({
      plan,
      sources: [this.source],
      sink: new MemorySink(),
      files: this.files,
      openStores: (counted) => createMemoryStateFactory(counted, 5),
      clock: { nowMs: () => this.nowMs, monotonicNs: () => BigInt(this.nowMs) * 1_000_000n },
      settings: { maxRecordsPerBatch, noDataBatches: true, retainedBatches: 10, statePartitions: 2 },
      query: { name: 'windows', sinkDescription: 'results', newId: () => `id-${++this.#ids}` },
    });
  }

  async progressOf(execution: MicroBatchExecution) {
    const batch = await execution.runBatch();
    this.nowMs += 1_000;
    return batch?.query;
  }
}

test('the progress of a batch, in the words of Spark', async () => {
  const query = new Query();
  query.source.add([
    { key: 'a', timeMs: 5 },
    { key: 'a', timeMs: 9 },
  ]);
  query.source.add([{ key: 'b', timeMs: 31 }], 1);
  const execution = await query.start(2);
  expect(await query.progressOf(execution)).toEqual({
    id: 'id-1',
    runId: 'id-2',
    name: 'windows',
    timestamp: '1970-01-01T00:00:01.000Z',
    batchId: 0,
    batchDuration: 0,
    numInputRows: 2,
    inputRowsPerSecond: 0,
    processedRowsPerSecond: 2000,
    durationMs: {
      addBatch: 0,
      commitBatch: 0,
      commitOffsets: 0,
      getBatch: 0,
      latestOffset: 0,
      queryPlanning: 0,
      triggerExecution: 0,
      walCommit: 0,
    },
    eventTime: {
      avg: '1970-01-01T00:00:00.018Z',
      max: '1970-01-01T00:00:00.031Z',
      min: '1970-01-01T00:00:00.005Z',
      watermark: '1970-01-01T00:00:00.000Z',
    },
    stateOperators: [
      {
        operatorName: 'stateStoreSave',
        numRowsTotal: 2,
        numRowsUpdated: 2,
        allUpdatesTimeMs: 0,
        numRowsRemoved: 0,
        allRemovalsTimeMs: 0,
        commitTimeMs: 0,
        memoryUsedBytes: expect.any(Number),
        numRowsDroppedByWatermark: 0,
        numShufflePartitions: 2,
        numStateStoreInstances: 2,
        customMetrics: expect.objectContaining({ rawRowsDroppedByWatermark: 0 }),
      },
    ],
    sources: [
      {
        description: 'memory',
        startOffset: { memory: { '0': 0, '1': 0 } },
        endOffset: { memory: { '0': 1, '1': 1 } },
        latestOffset: { memory: { '0': 2, '1': 1 } },
        numInputRows: 2,
        inputRowsPerSecond: 0,
        processedRowsPerSecond: 2000,
        metrics: {
          admission: 'rate-limit',
          avgOffsetsBehindLatest: '0.5',
          maxOffsetsBehindLatest: '1',
          minOffsetsBehindLatest: '0',
        },
      },
    ],
    sink: { description: 'results', numOutputRows: 0 },
  });
});

/*
 * After apache/spark, StreamingQueryStatusAndProgressSuite "SPARK-29973": of a batch that took no time by the clock, two rows are 2,000 a second.
 */
test('a batch without data tells the state and the watermark, and no rows', async () => {
  const query = new Query();
  const execution = await query.start();
  query.source.add([
    { key: 'a', timeMs: 5 },
    { key: 'a', timeMs: 31 },
  ]);
  expect(await query.progressOf(execution)).toMatchObject({ numInputRows: 2, processedRowsPerSecond: 2000 });
  expect(await query.progressOf(execution)).toMatchObject({
    batchId: 1,
    numInputRows: 0,
    inputRowsPerSecond: 0,
    processedRowsPerSecond: 0,
    eventTime: { watermark: '1970-01-01T00:00:00.021Z' },
    stateOperators: [{ numRowsTotal: 1, numRowsUpdated: 0, numRowsRemoved: 1 }],
    sink: { numOutputRows: 1 },
  });
  expect(await query.progressOf(execution)).toBeUndefined();
});

test('late rows are counted as Spark does, and raw beside that', async () => {
  const query = new Query();
  const execution = await query.start();
  query.source.add([{ key: 'a', timeMs: 100 }]);
  await query.progressOf(execution);
  await query.progressOf(execution);
  query.source.add([
    { key: 'a', timeMs: 1 },
    { key: 'a', timeMs: 2 },
    { key: 'a', timeMs: 3 },
  ]);
  expect(await query.progressOf(execution)).toMatchObject({
    inputRowsPerSecond: 3,
    stateOperators: [{ numRowsDroppedByWatermark: 1, customMetrics: { rawRowsDroppedByWatermark: 3 } }],
  });
});

test('late rows that are kept are output too', async () => {
  const query = new Query();
  const operator = { ...(PLAN.operator as AggregatePlan), keepsLateRows: true };
  const execution = await query.start(0, { ...PLAN, operator });
  query.source.add([{ key: 'a', timeMs: 100 }]);
  await query.progressOf(execution);
  await query.progressOf(execution);
  query.source.add([
    { key: 'a', timeMs: 1 },
    { key: 'a', timeMs: 2 },
  ]);
  expect(await query.progressOf(execution)).toMatchObject({ sink: { numOutputRows: 2 } });
});

test('a query keeps its id over restarts, and each start has an id of its own', async () => {
  const query = new Query();
  query.source.add([{ key: 'a', timeMs: 5 }]);
  expect(await query.progressOf(await query.start())).toMatchObject({ id: 'id-1', runId: 'id-2' });
  query.source.add([{ key: 'a', timeMs: 6 }]);
  expect(await query.progressOf(await query.start())).toMatchObject({
    id: 'id-1',
    runId: 'id-3',
    batchId: 1,
  });
  expect(await query.files.read('metadata')).toBe('{"id":"id-1"}');
});
