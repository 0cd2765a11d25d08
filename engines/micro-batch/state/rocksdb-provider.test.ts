import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createMemoryFileStore, type FileStore } from '../log/index.ts';
import { describeStateStoreContract } from './describe-state-store-contract.ts';
import { testStateStoreModel } from './describe-state-store-model.ts';
import { createRocksDbProvider, type RocksDbProvider } from './rocksdb-provider.ts';
import type { ValueCodec } from './state-store.ts';

const codec: ValueCodec<number> = { encode: String, decode: Number };
const opened: RocksDbProvider<number>[] = [];
const folders: string[] = [];

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rocksdb-provider-'));
  folders.push(folder);
  return folder;
}

function open(files: FileStore, databaseFolder: string, cacheEntries: number): RocksDbProvider<number> {
  const provider = createRocksDbProvider({
    files,
    folder: 'state/0/0',
    codec,
    snapshotInterval: 4,
    databaseFolder,
    cacheEntries,
  });
  opened.push(provider);
  return provider;
}

const closeAll = async () => {
  for (const provider of opened.splice(0)) await provider.close();
};

afterEach(async () => {
  await closeAll();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const underTest = (cacheEntries: number) => async () => {
  await closeAll();
  const files = createMemoryFileStore();
  const folder = await temporaryFolder();
  return {
    provider: open(files, folder, cacheEntries),
    reopen: async () => {
      await closeAll();
      return open(files, folder, cacheEntries);
    },
  };
};

describeStateStoreContract('RocksDB, cache larger than the state,', underTest(1000));
describeStateStoreContract('RocksDB, cache of two entries,', underTest(2));
testStateStoreModel('RocksDB', 40, underTest(3));

test('a second provider on the same folder is refused', async () => {
  const folder = await temporaryFolder();
  await open(createMemoryFileStore(), folder, 10).load(0);
  await expect(open(createMemoryFileStore(), folder, 10).load(0)).rejects.toMatchObject({
    code: 'MICRO_BATCH_STATE_STORE_FAILED',
  });
});

test('without its database a version is made from the files', async () => {
  const files = createMemoryFileStore();
  const first = open(files, await temporaryFolder(), 10);
  for (let version = 0; version < 10; version++) {
    const store = await first.load(version);
    store.put(`k${version % 3}`, version);
    await store.commit();
    await first.maintain(0);
  }
  expect((await files.list('state/0/0')).filter((name) => name.endsWith('.snapshot'))).toEqual([
    '3-4.snapshot',
    '7-8.snapshot',
  ]);
  const store = await open(files, await temporaryFolder(), 10).load(10);
  expect(await store.getMany(['k0', 'k1', 'k2', 'k3'])).toEqual([9, 7, 8, undefined]);
  expect(store.size).toBe(3);
});
