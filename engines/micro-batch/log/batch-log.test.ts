import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCommitLog } from './commit-log.ts';
import { openDiskFileStore } from './disk-file-store.ts';
import { createMemoryFileStore } from './memory-file-store.ts';
import { OFFSET_FORMAT, openOffsetLog } from './offset-log.ts';

const ENTRY = {
  batchWatermarkMs: 5,
  batchTimestampMs: 7,
  conf: { statePartitions: '2' },
  sources: ['{"t":{"0":3}}', null],
};
const NO_COUNTS = { lateRecords: 0, lateRowsSparkCount: 0, deadLetters: 0 };

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'batch-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('the offset log is written in the text of Spark', () => {
  expect(OFFSET_FORMAT.format(ENTRY)).toMatchInlineSnapshot(`
    "v1
    {"batchWatermarkMs":5,"batchTimestampMs":7,"conf":{"statePartitions":"2"}}
    {"t":{"0":3}}
    -"
  `);
  expect(OFFSET_FORMAT.parse(OFFSET_FORMAT.format(ENTRY))).toEqual(ENTRY);
});

test('an offset file that Spark wrote is read', () => {
  const text = `v1
{"batchWatermarkMs":0,"batchTimestampMs":1531292029003,"conf":{"spark.sql.shuffle.partitions":"5"}}
{"topic-a":{"0":1}}`;
  expect(OFFSET_FORMAT.parse(text)).toEqual({
    batchWatermarkMs: 0,
    batchTimestampMs: 1531292029003,
    conf: { 'spark.sql.shuffle.partitions': '5' },
    sources: ['{"topic-a":{"0":1}}'],
  });
});

test('a commit file that Spark wrote is read, without counts', async () => {
  const files = createMemoryFileStore();
  await files.create('commits/3', 'v1\n{"nextBatchWatermarkMs":42}');
  expect(await openCommitLog(files).latest()).toEqual({
    batchId: 3,
    entry: { nextBatchWatermarkMs: 42, ...NO_COUNTS },
  });
});

test('a batch is logged once: the second run with the same folder is refused', async () => {
  const folder = await temporaryFolder();
  const first = openOffsetLog(await openDiskFileStore(folder));
  await first.add(0, ENTRY);
  const second = openOffsetLog(await openDiskFileStore(folder));
  await expect(second.add(0, { ...ENTRY, sources: [] })).rejects.toMatchObject({
    code: 'MICRO_BATCH_LOG_TAKEN',
  });
  expect(await second.get(0)).toEqual(ENTRY);
});

test('the newest entry is the one of the highest number', async () => {
  const log = openCommitLog(createMemoryFileStore());
  expect(await log.latest()).toBeUndefined();
  for (const batchId of [8, 9, 10]) await log.add(batchId, { nextBatchWatermarkMs: batchId, ...NO_COUNTS });
  expect(await log.latest()).toEqual({ batchId: 10, entry: { nextBatchWatermarkMs: 10, ...NO_COUNTS } });
});

test('purging removes what is below, at the first call and at later ones', async () => {
  const files = createMemoryFileStore();
  const log = openCommitLog(files);
  for (let batchId = 0; batchId < 10; batchId++)
    await log.add(batchId, { nextBatchWatermarkMs: 0, ...NO_COUNTS });
  await log.purgeBelow(4);
  await log.purgeBelow(7);
  await log.purgeBelow(7);
  expect((await files.list('commits')).sort()).toEqual(['7', '8', '9']);
});

test.each([
  ['', 'the file is empty'],
  ['x1\n{}', 'no log version'],
  ['v1', 'the metadata line is missing'],
  ['v1\n{"batchWaterm', 'JSON'],
  ['v1\n{"batchWatermarkMs":"x"}', 'batchWatermarkMs'],
])('a damaged file %j is refused with its name', async (text, reason) => {
  const files = createMemoryFileStore();
  await files.create('offsets/2', text);
  const failure = openOffsetLog(files).latest();
  await expect(failure).rejects.toMatchObject({ code: 'MICRO_BATCH_LOG_CORRUPT' });
  await expect(failure).rejects.toThrow(/offsets\/2/);
  await expect(failure).rejects.toThrow(reason);
});

test('files left half-written by a crash are removed on opening and never listed', async () => {
  const folder = await temporaryFolder();
  await (await openDiskFileStore(folder)).create('offsets/0', 'v1');
  await writeFile(join(folder, 'offsets', '1.123.tmp'), 'v');
  const files = await openDiskFileStore(folder);
  expect(await files.list('offsets')).toEqual(['0']);
  expect(await readdir(join(folder, 'offsets'))).toEqual(['0']);
});
