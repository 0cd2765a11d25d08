import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createMemoryFileStore, type FileStore, openDiskFileStore } from '../log/index.ts';
import { createChangelogProvider } from './changelog-provider.ts';
import { describeStateStoreContract } from './describe-state-store-contract.ts';
import type { ValueCodec } from './state-store.ts';

const codec: ValueCodec<number> = { encode: String, decode: Number };
const folders: string[] = [];

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'state-store-'));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const provider = (files: FileStore) =>
  createChangelogProvider({ files, folder: 'state/0/0', codec, snapshotInterval: 4 });

describeStateStoreContract('The changelog store on disk', async () => {
  const root = await temporaryFolder();
  return {
    provider: provider(await openDiskFileStore(root)),
    reopen: async () => provider(await openDiskFileStore(root)),
  };
});

test('what no kept version needs is removed', async () => {
  const files = createMemoryFileStore();
  const kept = provider(files);
  for (let version = 0; version < 20; version++) {
    const store = await kept.load(version);
    store.put('a', version);
    await store.commit();
    await kept.maintain(Math.max(0, version - 5));
  }
  const names = (await files.list('state/0/0')).sort();
  expect(names).toEqual(
    [
      '13.delta',
      '14.delta',
      '15.delta',
      '16.delta',
      '17.delta',
      '18.delta',
      '19.delta',
      '20.delta',
      '12.snapshot',
      '16.snapshot',
      '20.snapshot',
    ].sort(),
  );
});

test('a cut file is noticed', async () => {
  const files = createMemoryFileStore();
  const store = await provider(files).load(0);
  store.put('a', 1);
  store.put('b', 2);
  await store.commit();
  const text = (await files.read('state/0/0/1.delta')) as string;
  await files.replace('state/0/0/1.delta', text.slice(0, text.lastIndexOf('\n')));
  await expect(provider(files).load(1)).rejects.toMatchObject({ code: 'MICRO_BATCH_STATE_CORRUPT' });
});

test('a failed write leaves the version, and nothing of the attempt is seen', async () => {
  const files = createMemoryFileStore();
  let broken = false;
  const failing = provider({
    ...files,
    replace: async (path, content) => {
      if (broken) throw new Error('no space left');
      await files.replace(path, content);
    },
  });
  const first = await failing.load(0);
  first.put('a', 1);
  await first.commit();
  broken = true;
  const second = await failing.load(1);
  second.put('a', 2);
  await expect(second.commit()).rejects.toThrow('no space left');
  broken = false;
  expect(await (await failing.load(1)).getMany(['a'])).toEqual([1]);
});
