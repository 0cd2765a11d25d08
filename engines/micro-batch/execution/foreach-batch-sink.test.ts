import { expect, test } from 'vitest';
import { type Dataflow, dataflow, type Row } from '../../pipeline/index.ts';
import { createMemoryFileStore, type FileStore } from '../log/index.ts';
import { compilePlan } from '../plan/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';
import { withForeachBatch } from './foreach-batch-sink.ts';
import { MemorySink } from './memory-sink.ts';
import { MemorySource } from './memory-source.ts';
import { MicroBatchExecution } from './micro-batch-execution.ts';

const SCHEMA = { shop: 'utf8', amount: 'int64' } as const;

type ForeachBatch = (rows: readonly Row[], batchId: number) => Promise<readonly Row[]>;

const flowOf = (foreachBatch: ForeachBatch): Dataflow =>
  dataflow('each-batch')
    .source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead' })
    .filter(({ amount }) => amount > 0)
    .sink('output', { foreachBatch });

function restore(flow: Dataflow, source: MemorySource, sink: MemorySink, files: FileStore) {
  return MicroBatchExecution.restore({
    plan: compilePlan(flow),
    sources: [source],
    sink: withForeachBatch(sink, flow),
    files,
    openStores: (counted) => createMemoryStateFactory(counted, 3),
    clock: { nowMs: () => 0, monotonicNs: () => 0n },
    settings: { maxRecordsPerBatch: 0, noDataBatches: true, retainedBatches: 10, statePartitions: 1 },
  });
}

test('called once a batch with rows; run again after a crash, with the same id and rows', async () => {
  const calls: [number, readonly Row[]][] = [];
  const flow = flowOf(async (rows, batchId) => {
    calls.push([batchId, rows]);
    return rows.map((row) => ({ ...row, batchId }));
  });
  const [source, sink, files] = [new MemorySource(SCHEMA), new MemorySink(), createMemoryFileStore()];
  let crashes = 1;
  const crashing: FileStore = {
    ...files,
    create: async (path, content) => {
      if (path === 'commits/1' && crashes-- > 0) throw new Error('crash');
      return files.create(path, content);
    },
  };

  const first = await restore(flow, source, sink, crashing);
  source.add([{ shop: 'a', amount: 1 }]);
  await first.runBatch();
  source.add([{ shop: 'b', amount: 2 }]);
  await expect(first.runBatch()).rejects.toThrow('crash');
  const second = await restore(flow, source, sink, crashing);
  source.add([{ shop: 'late for batch 1', amount: 9 }]);
  await second.runBatch();
  source.add([{ shop: 'no row is left', amount: 0 }]);
  await second.runBatch();

  const inBatch1 = [{ shop: 'b', amount: 2 }];
  expect(calls.slice(0, 3)).toEqual([
    [0, [{ shop: 'a', amount: 1 }]],
    [1, inBatch1],
    [1, inBatch1],
  ]);
  expect(calls[3]).toEqual([2, [{ shop: 'late for batch 1', amount: 9 }]]);
  source.add([{ shop: 'no row is left', amount: 0 }]);
  await second.runBatch();
  expect(calls).toHaveLength(4);
  expect(sink.rowsOf(1)).toEqual([{ key: null, row: { shop: 'b', amount: 2, batchId: 1 } }]);
});

test('what it throws fails the batch by name, and an error with a code as itself', async () => {
  const source = new MemorySource(SCHEMA);
  source.add([{ shop: 'a', amount: 1 }]);
  const failing = await restore(
    flowOf(async () => {
      throw new Error('no connection');
    }),
    source,
    new MemorySink(),
    createMemoryFileStore(),
  );
  await expect(failing.runBatch()).rejects.toMatchObject({
    code: 'MICRO_BATCH_FOREACH_FAILED',
    message: expect.stringContaining('in batch 0: no connection'),
  });
});
