import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createMemoryFileStore, type FileStore } from '../log/index.ts';
import { createChangelogProvider } from './changelog-provider.ts';
import { contents } from './describe-state-store-contract.ts';
import { createRocksDbProvider } from './rocksdb-provider.ts';
import type { StateStoreProvider } from './state-store.ts';

interface Opened {
  readonly provider: StateStoreProvider<number>;
  close(): Promise<void>;
}

const KEPT = 4;
const VERSIONS = 14;
const settings = { folder: 'state/0/0', codec: { encode: String, decode: Number }, snapshotInterval: 3 };

class Crash extends Error {}

/** Ends with the operation of this number, before or after it took place, and lets none follow. */
function crashingAt(files: FileStore, operation: number, when: 'before' | 'after') {
  let left = operation;
  const around = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const now = left--;
    if (now < 0 || (now === 0 && when === 'before')) throw new Crash();
    const result = await work();
    if (now === 0) throw new Crash();
    return result;
  };
  const crashing: FileStore = {
    create: (path, content) => around(() => files.create(path, content)),
    replace: (path, content) => around(() => files.replace(path, content)),
    remove: (path) => around(() => files.remove(path)),
    read: (path) => files.read(path),
    list: (folder) => files.list(folder),
  };
  return { files: crashing, crashed: () => left < 0 };
}

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const PROVIDERS = {
  memory:
    async () =>
    (files: FileStore): Opened => ({
      provider: createChangelogProvider({ ...settings, files }),
      close: async () => {},
    }),
  rocksdb: async () => {
    const databaseFolder = await mkdtemp(join(tmpdir(), 'state-crash-'));
    folders.push(databaseFolder);
    return (files: FileStore): Opened => {
      const provider = createRocksDbProvider({ ...settings, files, databaseFolder, cacheEntries: 4 });
      return { provider, close: () => provider.close() };
    };
  },
};

/** What version `version` makes of the one before: a different one each, with removals. */
function change(values: Record<string, number>, version: number): Record<string, number> {
  const { [`k${(version + 2) % 5}`]: _removed, ...rest } = values;
  return { ...rest, [`k${version % 5}`]: version, [`k${(version * 3) % 5}`]: -version };
}

const expected = [{} as Record<string, number>];
for (let version = 1; version <= VERSIONS; version++) {
  expected.push(change(expected[version - 1] as Record<string, number>, version));
}

/** Runs batches from a version on; the last committed version is told as it changes. */
async function run(
  { provider }: Opened,
  from: number,
  to: number,
  committed: (version: number, oldest: number) => void,
): Promise<void> {
  for (let version = from; version < to; version++) {
    const store = await provider.load(version);
    const before = expected[version] as Record<string, number>;
    const after = expected[version + 1] as Record<string, number>;
    for (const key of Object.keys(before)) if (!(key in after)) store.remove(key);
    for (const [key, value] of Object.entries(after)) if (before[key] !== value) store.put(key, value);
    await store.commit();
    const oldest = Math.max(0, version + 1 - KEPT);
    committed(version + 1, oldest);
    await provider.maintain(oldest);
  }
}

test.each([
  ['memory', 'before', 1],
  ['memory', 'after', 1],
  ['rocksdb', 'before', 4],
  ['rocksdb', 'after', 3],
] as const)(
  '%s: a crash %s any file operation leaves every kept version, and the run goes on',
  async (name, when, every) => {
    let crashes = 0;
    for (let operation = 0; ; operation += every) {
      const files = createMemoryFileStore();
      const open = await PROVIDERS[name]();
      const crashing = crashingAt(files, operation, when);
      let [last, oldest] = [0, 0];
      const first = open(crashing.files);
      await run(first, 0, VERSIONS, (version, kept) => {
        [last, oldest] = [version, kept];
      }).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      await first.close();
      if (!crashing.crashed()) break;
      crashes++;
      const second = open(files);
      for (let version = oldest; version <= last; version++) {
        const found = await contents(await second.provider.load(version));
        expect(found, `version ${version} after operation ${operation}`).toEqual(expected[version]);
      }
      await run(second, last, VERSIONS, () => {});
      expect(await contents(await second.provider.load(VERSIONS))).toEqual(expected[VERSIONS]);
      await second.close();
    }
    expect(crashes).toBeGreaterThan(10 / every + 4);
  },
);
