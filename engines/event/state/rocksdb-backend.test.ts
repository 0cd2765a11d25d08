import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ValueCodec } from './backend.ts';
import { openRocksDbBackend } from './rocksdb-backend.ts';
import { describeStateBackendContract } from './state-backend-contract.ts';

describeStateBackendContract('RocksDB, cache larger than the state', (options) =>
  openRocksDbBackend({ ...options, trackChanges: true, cacheEntries: 100_000 }),
);

describeStateBackendContract('RocksDB, cache of eight entries', (options) =>
  openRocksDbBackend({ ...options, trackChanges: true, cacheEntries: 8 }),
);

const TEXT_CODEC: ValueCodec<string> = {
  copy: (text) => text,
  write: (text, writer) => writer.text(text),
  read: (reader) => reader.text(),
};

it('reads back what left the cache while a large batch of changes was being written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-rocksdb-'));
  const keyGroups = { first: 0, last: 127 };
  const backend = await openRocksDbBackend({ maxParallelism: 128, keyGroups, folder, cacheEntries: 10 });
  const table = backend.table('texts', TEXT_CODEC);
  const keys = Array.from({ length: 20_000 }, (_, index) => index);
  const prefetch = (wanted: readonly number[]): Promise<void> | undefined =>
    backend.prefetch(() => {
      for (const key of wanted) table.request(key, 0);
    });

  await prefetch(keys);
  for (const key of keys) table.put(key, 0, `value ${key} ${'-'.repeat(100)}`);
  const read: (string | undefined)[] = [];
  for (const key of [19_999, 0]) {
    await prefetch([key]);
    read.push(table.get(key, 0)?.slice(0, 11));
  }

  await backend.close();
  await rm(folder, { recursive: true, force: true });
  expect(read).toEqual(['value 19999', 'value 0 ---']);
});

it('refuses to guess state that was not prefetched', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-rocksdb-'));
  const keyGroups = { first: 0, last: 127 };
  const backend = await openRocksDbBackend({ maxParallelism: 128, keyGroups, folder, cacheEntries: 10 });
  const table = backend.table('texts', TEXT_CODEC);

  expect(() => table.get('key', 0)).toThrowError(
    expect.objectContaining({ code: 'EVENT_STATE_NOT_PREFETCHED' }),
  );

  await backend.close();
  await rm(folder, { recursive: true, force: true });
});
