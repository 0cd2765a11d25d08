import { expect, test } from 'vitest';
import type { Row, Schema } from '../../pipeline/index.ts';
import { createMemoryFileStore, type FileStore } from '../log/index.ts';
import type { BatchPlan, PlanOperator } from '../plan/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';
import { MemorySource } from './memory-source.ts';
import { MicroBatchExecution } from './micro-batch-execution.ts';
import type { BatchSink } from './ports.ts';

const SCHEMA: Schema = { seq: 'int64' };

const planOf = (operator: PlanOperator): BatchPlan => ({
  sources: [{ input: 'input', schema: SCHEMA, columns: ['seq'], steps: [], watermarkDelayMs: undefined }],
  operator,
});

/** Batches of two rows, 100 ms apart by the clock, and one logged each 250 ms. What the sink was given stays, also of crashed runs. */
class Query {
  readonly source = new MemorySource(SCHEMA);
  readonly written: number[] = [];
  #nowMs = 0;
  readonly #files: FileStore;

  constructor(files: FileStore = createMemoryFileStore()) {
    this.#files = files;
  }

  add(count: number): void {
    const rows = Array.from({ length: count }, (): Row => ({ seq: this.#added++ }));
    this.source.add(rows);
  }
  #added = 0;

  start({ logsEach } = { logsEach: false }): Promise<MicroBatchExecution> {
    const sink: BatchSink = {
      addBatch: async ({ rows }) => {
        this.written.push(...rows.map(({ row }) => row.seq as number));
      },
      close: async () => {},
    };
    return MicroBatchExecution.restore({
      plan: planOf({ kind: 'pass-through' }),
      sources: [this.source],
      sink,
      files: this.#files,
      openStores: (counted) => createMemoryStateFactory(counted, 10),
      clock: { nowMs: () => this.#nowMs, monotonicNs: () => 0n },
      settings: {
        maxRecordsPerBatch: 2,
        noDataBatches: true,
        retainedBatches: 2,
        statePartitions: 1,
        asyncProgressIntervalMs: logsEach ? undefined : 250,
      },
    });
  }

  async run(execution: MicroBatchExecution, batches: number): Promise<void> {
    for (let batch = 0; batch < batches; batch++) {
      await execution.runBatch();
      await execution.maintain();
      this.#nowMs += 100;
      await settled();
    }
  }

  async logged(folder: 'offsets' | 'commits'): Promise<number[]> {
    return (await this.#files.list(folder)).map(Number).sort((a, b) => a - b);
  }
}

/** What was asked for beside the work has been done in a file store in memory. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('one batch in each interval is logged, and only what is logged counts as committed', async () => {
  const query = new Query();
  query.add(20);
  const execution = await query.start();
  await query.run(execution, 5);
  // Batches 0 (at 0 ms) and 3 (at 300 ms); 0 is kept, a restart begins at 3.
  expect(await query.logged('offsets')).toEqual([3]);
  expect(await query.logged('commits')).toEqual([3]);
  expect(execution.committedEnd).toEqual([8]);
  expect(execution.positions).toEqual([10]);
});

test('after a crash everything since the last logged batch comes again, and nothing is lost', async () => {
  const query = new Query();
  query.add(20);
  await query.run(await query.start(), 5);
  const restarted = await query.start();
  expect(restarted.committedEnd).toEqual([8]);
  await query.run(restarted, 6);
  expect(query.written).toEqual([...upTo(10), ...upTo(20).slice(8)]);
});

test('an orderly close logs the newest batch: nothing comes again', async () => {
  const query = new Query();
  query.add(20);
  const execution = await query.start();
  await query.run(execution, 5);
  await execution.close();
  expect(execution.committedEnd).toEqual([10]);
  await query.run(await query.start(), 5);
  expect(query.written).toEqual(upTo(20));
});

test('when input rests the newest batch is logged after the interval', async () => {
  const query = new Query();
  query.add(4);
  const execution = await query.start();
  await query.run(execution, 2);
  expect(execution.committedEnd).toEqual([2]);
  await query.run(execution, 3);
  expect(execution.committedEnd).toEqual([4]);
});

test('a log with batches left out is read by a run that logs each, which goes on without a gap of rows', async () => {
  const files = createMemoryFileStore();
  const query = new Query({
    ...files,
    // The process ends after batch 3 was begun, before its commit is on disk.
    create: async (path, content) => path !== 'commits/3' && files.create(path, content),
  });
  query.add(20);
  await query.run(await query.start(), 4);
  const after = new Query(files);
  after.add(20);
  const restarted = await after.start({ logsEach: true });
  expect(restarted.committedEnd).toEqual([2]);
  await after.run(restarted, 8);
  expect(after.written).toEqual(upTo(20).slice(2));
  expect(await after.logged('commits')).toEqual([8, 9]);
});

test('a failure to write is told by the batch after', async () => {
  const files = createMemoryFileStore();
  const query = new Query({
    ...files,
    create: (path, content) =>
      path === 'commits/0' ? Promise.reject(new Error('disk full')) : files.create(path, content),
  });
  query.add(20);
  await expect(query.run(await query.start(), 2)).rejects.toThrow('disk full');
});

test('a dataflow with state is refused by name', async () => {
  const restore = MicroBatchExecution.restore({
    plan: planOf({
      kind: 'aggregate',
      key: undefined,
      window: undefined,
      eventTime: undefined,
      aggregates: { count: { function: 'count' } },
      outputMode: 'update',
    }),
    sources: [new MemorySource(SCHEMA)],
    sink: { addBatch: async () => {}, close: async () => {} },
    files: createMemoryFileStore(),
    openStores: (counted) => createMemoryStateFactory(counted, 10),
    clock: { nowMs: () => 0, monotonicNs: () => 0n },
    settings: {
      maxRecordsPerBatch: 0,
      noDataBatches: true,
      retainedBatches: 2,
      statePartitions: 1,
      asyncProgressIntervalMs: 0,
    },
  });
  await expect(restore).rejects.toMatchObject({ code: 'MICRO_BATCH_ASYNC_PROGRESS' });
});
