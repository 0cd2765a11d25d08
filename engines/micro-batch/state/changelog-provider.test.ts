import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createMemoryFileStore, type FileStore, openDiskFileStore } from '../log/index.ts';
import { createChangelogProvider } from './changelog-provider.ts';
import { describeStateStoreContract } from './describe-state-store-contract.ts';
import { testStateStoreModel } from './describe-state-store-model.ts';
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

testStateStoreModel('The changelog store', 60, async () => {
  const files = createMemoryFileStore();
  return { provider: provider(files), reopen: async () => provider(files) };
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
  const names = await files.list('state/0/0');
  const deltas = [13, 14, 15, 16, 17, 18, 19, 20].map((version) => `${version}.delta`);
  expect(names.sort()).toEqual([...deltas, '12-12.snapshot', '16-16.snapshot', '20-20.snapshot'].sort());
});

test('a snapshot of large state is written over several batches, which change it meanwhile', async () => {
  const files = createMemoryFileStore();
  const large = provider(files);
  const expected = new Map<string, number>();
  for (let version = 0; version < 12; version++) {
    const store = await large.load(version);
    const change = (key: string, value: number | undefined) => {
      if (value === undefined) {
        store.remove(key);
        expected.delete(key);
      } else {
        store.put(key, value);
        expected.set(key, value);
      }
    };
    if (version === 0) for (let key = 0; key < 50_000; key++) change(`k${key}`, key);
    for (const key of [0, 25_000, 49_999]) change(`k${key}`, version);
    change(`k${100 + version}`, undefined);
    change(`k${49_000 + version}`, undefined);
    change(`k${100 + version - 2}`, 1000 + version);
    change(`new${version}`, version);
    await store.commit();
    await large.maintain(0);
  }
  expect(await files.list('state/0/0')).toContain('4-6.snapshot');
  for (let delta = 1; delta <= 4; delta++) await files.remove(`state/0/0/${delta}.delta`);
  const found = new Map<string, number>();
  await (await provider(files).load(12)).scan((key, value) => {
    found.set(key, value);
  });
  expect(found).toEqual(expected);
});

test.each([
  ['cut', (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)],
  ['cut within a line', (text: string) => text.slice(0, -3)],
  ['empty', () => ''],
  ['changed', (text: string) => text.replace('\t2', '\t3')],
  ['another', (text: string) => text.replace('"version":1', '"version":2')],
])('a file that is %s is found and named', async (_name, spoil) => {
  const files = createMemoryFileStore();
  const store = await provider(files).load(0);
  store.put('a', 1);
  store.put('b', 2);
  await store.commit();
  const text = (await files.read('state/0/0/1.delta')) as string;
  const spoiled = spoil(text);
  expect(spoiled).not.toBe(text);
  await files.replace('state/0/0/1.delta', spoiled);
  await expect(provider(files).load(1)).rejects.toMatchObject({
    code: 'MICRO_BATCH_STATE_CORRUPT',
    message: expect.stringContaining('state/0/0/1.delta'),
  });
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
