import { expect, test } from 'vitest';
import type { Schema } from '../../pipeline/index.ts';
import { createMemoryFileStore, type FileStore } from '../log/index.ts';
import type { BatchPlan } from '../plan/index.ts';
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

function restore(
  files: FileStore,
  source = new MemorySource(SCHEMA),
  statePartitions = 1,
  fixed: Record<string, string> = {},
) {
  return MicroBatchExecution.restore({
    plan: PLAN,
    sources: [source],
    sink: new MemorySink(),
    files,
    fixed,
    openStores: (counted) => createMemoryStateFactory(counted, 5),
    clock: { nowMs: () => 77, monotonicNs: () => 0n },
    settings: {
      maxRecordsPerBatch: 0,
      noDataBatches: true,
      retainedBatches: 10,
      statePartitions,
    },
  });
}

async function logged(entries: Record<string, string>): Promise<FileStore> {
  const files = createMemoryFileStore();
  for (const [path, text] of Object.entries(entries)) await files.create(path, text);
  return files;
}

const offsets = (end: number, batchWatermarkMs: number) =>
  `v1\n{"batchWatermarkMs":${batchWatermarkMs},"batchTimestampMs":1,"conf":{"statePartitions":"1"}}\n{"memory":{"0":${end}}}`;
const commit = (nextBatchWatermarkMs: number) => `v1\n{"nextBatchWatermarkMs":${nextBatchWatermarkMs}}`;

test('a committed batch is followed by the next one, with the larger watermark', async () => {
  const source = new MemorySource(SCHEMA);
  source.add([{ key: 'a', timeMs: 50 }]);
  const execution = await restore(
    await logged({ 'offsets/0': offsets(1, 0), 'commits/0': commit(40) }),
    source,
  );
  expect(execution).toMatchObject({ positions: [1], committedEnd: [1], watermarkMs: 40 });
});

test('a moved watermark closes windows after a restart without new data', async () => {
  const files = createMemoryFileStore();
  const source = new MemorySource(SCHEMA);
  source.add([
    { key: 'a', timeMs: 5 },
    { key: 'a', timeMs: 50 },
  ]);
  await (await restore(files, source)).runBatch();
  const restarted = await restore(files, source);
  expect(await restarted.runBatch()).toMatchObject({
    batchId: 1,
    inputRows: 0,
    outputRows: 1,
    watermarkMs: 40,
  });
  expect(await restarted.runBatch()).toBeUndefined();
});

test('the bytes of a batch are those of its logs, its state, and the snapshot after the batch before', async () => {
  const memory = createMemoryFileStore();
  let written = 0;
  const counted =
    <Result>(write: (path: string, content: string) => Promise<Result>) =>
    (path: string, content: string) => {
      written += Buffer.byteLength(content);
      return write(path, content);
    };
  const files: FileStore = {
    ...memory,
    create: counted(memory.create),
    replace: counted(memory.replace),
  };
  const source = new MemorySource(SCHEMA);
  const execution = await restore(files, source);
  let reported = 0;
  for (let batch = 0; batch < 7; batch++) {
    source.add([{ key: 'ä', timeMs: 5 + batch }]);
    reported += (await execution.runBatch())?.bytesWritten ?? 0;
    expect(reported).toBe(written);
    await execution.maintain();
  }
  expect(await memory.list('state/0/0')).toContain('5-5.snapshot');
});

test('a batch without its commit is run again as it was logged', async () => {
  const source = new MemorySource(SCHEMA);
  source.add([
    { key: 'a', timeMs: 500 },
    { key: 'a', timeMs: 600 },
  ]);
  const files = await logged({ 'offsets/0': offsets(1, 0) });
  const execution = await restore(files, source);
  expect(await execution.runBatch()).toMatchObject({ batchId: 0, inputRows: 1, watermarkMs: 0 });
  expect(await execution.runBatch()).toMatchObject({ batchId: 1, inputRows: 1, watermarkMs: 490 });
  expect(await files.read('offsets/0')).toBe(offsets(1, 0));
});

test('the number of state partitions is the logged one', async () => {
  const files = createMemoryFileStore();
  const source = new MemorySource(SCHEMA);
  source.add([{ key: 'a', timeMs: 5 }]);
  await (await restore(files, source, 3)).runBatch();
  source.add([{ key: 'b', timeMs: 6 }]);
  await (await restore(files, source, 1)).runBatch();
  expect(await files.read('offsets/1')).toContain('"statePartitions":"3"');
});

test('state that one provider wrote is not opened with another', async () => {
  const files = createMemoryFileStore();
  const source = new MemorySource(SCHEMA);
  source.add([{ key: 'a', timeMs: 5 }]);
  await (await restore(files, source, 1, { stateProvider: 'memory' })).runBatch();
  expect(await files.read('offsets/0')).toContain('"stateProvider":"memory"');
  await restore(files, source, 1, { stateProvider: 'memory' });
  const refused = restore(files, source, 1, { stateProvider: 'rocksdb' });
  await expect(refused).rejects.toMatchObject({ code: 'MICRO_BATCH_SETTING_FIXED' });
  await expect(refused).rejects.toThrow(/stateProvider=memory.*stateProvider=rocksdb/);
});

test.each<[string, Record<string, string>, string]>([
  ['a commit without offsets', { 'commits/0': commit(0) }, 'MICRO_BATCH_LOG_GAP'],
  ['offsets two ahead', { 'offsets/2': offsets(1, 0), 'commits/0': commit(0) }, 'MICRO_BATCH_LOG_GAP'],
  ['a commit ahead', { 'offsets/0': offsets(1, 0), 'commits/1': commit(0) }, 'MICRO_BATCH_LOG_GAP'],
  [
    'the offsets before a pending batch missing',
    { 'offsets/3': offsets(1, 0), 'commits/2': commit(0) },
    'MICRO_BATCH_LOG_GAP',
  ],
  [
    'offsets beyond the end of the input',
    { 'offsets/0': offsets(9, 0), 'commits/0': commit(0) },
    'MICRO_BATCH_OFFSETS_LOST',
  ],
  [
    'another number of partitions',
    {
      'offsets/0': offsets(1, 0).replace('{"0":1}', '{"0":0,"1":0}'),
      'commits/0': commit(0),
    },
    'MICRO_BATCH_PARTITIONS_CHANGED',
  ],
  [
    'offsets of another source',
    { 'offsets/0': offsets(1, 0).replace('memory', 'other'), 'commits/0': commit(0) },
    'MICRO_BATCH_LOG_CORRUPT',
  ],
])('%s is refused', async (_name, entries, code) => {
  const source = new MemorySource(SCHEMA);
  source.add([{ key: 'a', timeMs: 5 }]);
  await expect(restore(await logged(entries), source)).rejects.toMatchObject({ code });
});

test('two executions on the same files: the second to log a batch fails', async () => {
  const files = createMemoryFileStore();
  const source = new MemorySource(SCHEMA);
  const first = await restore(files, source);
  const second = await restore(files, source);
  source.add([{ key: 'a', timeMs: 5 }]);
  await first.runBatch();
  await expect(second.runBatch()).rejects.toMatchObject({ code: 'MICRO_BATCH_LOG_TAKEN' });
});
