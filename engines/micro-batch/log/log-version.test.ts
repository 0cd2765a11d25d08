import { expect, test } from 'vitest';
import { openBatchLog } from './batch-log.ts';
import { NewerVersion, parseVersion } from './log-version.ts';
import { createMemoryFileStore } from './memory-file-store.ts';
import { openOffsetLog } from './offset-log.ts';

/* Cases of apache/spark (Apache-2.0), sql/core/src/test/scala/org/apache/spark/sql/execution/streaming/HDFSMetadataLogSuite.scala. */
const TEXT = { format: (entry: string) => entry, parse: (text: string) => text };

test.each(['', 'xyz', 'v10.x', '10', 'v0', 'v-10'])('"%s" is no version', (line) => {
  expect(() => parseVersion(line, 100)).toThrow('is no log version');
});

test('versions up to the highest known are read, a newer one is refused', () => {
  expect(parseVersion('v10', 10)).toBe(10);
  expect(parseVersion('v10', 100)).toBe(10);
  expect(() => parseVersion('v200', 100)).toThrow(NewerVersion);
});

test('a file of a future version is refused by name', async () => {
  const files = createMemoryFileStore();
  await files.create('offsets/0', 'v99999');
  const failure = openOffsetLog(files).get(0);
  await expect(failure).rejects.toMatchObject({ code: 'MICRO_BATCH_LOG_NEWER' });
  await expect(failure).rejects.toThrow(/offsets\/0 is of version 99999, .* highest .* is 2/);
});

test('basic and restart: what was added first stays, also to who opens the log anew', async () => {
  const files = createMemoryFileStore();
  const log = openBatchLog(files, 'dir', TEXT);
  await log.add(0, 'batch0');
  expect(await log.latest()).toEqual({ batchId: 0, entry: 'batch0' });
  await log.add(1, 'batch1');
  await expect(log.add(1, 'batch1-duplicated')).rejects.toMatchObject({ code: 'MICRO_BATCH_LOG_TAKEN' });
  for (const reader of [log, openBatchLog(files, 'dir', TEXT)]) {
    expect(await reader.get(0)).toBe('batch0');
    expect(await reader.get(1)).toBe('batch1');
    expect(await reader.latest()).toEqual({ batchId: 1, entry: 'batch1' });
  }
});

test('purge leaves exactly what is not below', async () => {
  const files = createMemoryFileStore();
  const log = openBatchLog(files, 'dir', TEXT);
  for (const batchId of [0, 1, 2]) await log.add(batchId, `batch${batchId}`);
  await log.purgeBelow(2);
  expect(await files.list('dir')).toEqual(['2']);
  expect(await log.latest()).toEqual({ batchId: 2, entry: 'batch2' });
});

test('collision: of five writers of the same batches each batch is of one', async () => {
  const files = createMemoryFileStore();
  let refused = 0;
  const write = async (writer: number) => {
    const log = openBatchLog(files, 'dir', TEXT);
    for (let batchId = 0; batchId <= 10; batchId++) {
      await log.add(batchId, `${batchId} of ${writer}`).catch((error) => {
        expect(error).toMatchObject({ code: 'MICRO_BATCH_LOG_TAKEN' });
        refused++;
      });
    }
  };
  await Promise.all([0, 1, 2, 3, 4].map(write));
  expect(refused).toBe(4 * 11);
  expect((await files.list('dir')).length).toBe(11);
});
