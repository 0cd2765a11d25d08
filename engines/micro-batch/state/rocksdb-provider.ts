import { ChangelogFiles, type ChangelogFilesOptions, type SnapshotContent } from './changelog-files.ts';
import { openReadThroughStore } from './read-through-store.ts';
import { requireVersion, type StateStoreProvider, type ValueCodec } from './state-store.ts';
import { WorkingDatabase } from './working-database.ts';

interface RocksDbOptions<Value> extends ChangelogFilesOptions {
  readonly codec: ValueCodec<Value>;
  /** Folder of the working database, for nobody else. */
  readonly databaseFolder: string;
  /** Values kept on the heap. */
  readonly cacheEntries: number;
}

export interface RocksDbProvider<Value> extends StateStoreProvider<Value> {
  close(): Promise<void>;
}

/** A version that is durable in its delta and not in the database yet. */
interface Waiting {
  readonly version: number;
  readonly size: number;
  readonly texts: ReadonlyMap<string, string | undefined>;
}

/**
 * State in RocksDB, after Spark's RocksDB provider with changelog checkpointing: a version is durable by its delta, as
 * in the memory provider and in the same files, and a working database holds one version. The changes of a batch reach
 * the database when the next batch loads the version they made, and so proves that the batch was not lost: a batch that is run again finds the
 * database as it left it. Any other kept version is made from the files.
 */
export function createRocksDbProvider<Value>(options: RocksDbOptions<Value>): RocksDbProvider<Value> {
  const { codec, databaseFolder, cacheEntries } = options;
  const files = new ChangelogFiles(options);
  const cache = new Map<string, Value>();
  let opening: Promise<WorkingDatabase> | undefined;
  let waiting: Waiting | undefined;
  /** What is on its way into the database: a read may come before it is there. */
  let applying: { readonly texts: Waiting['texts']; readonly done: Promise<void> } | undefined;
  let loadedVersion: number | undefined;

  const remember = (key: string, value: Value): void => {
    cache.delete(key);
    cache.set(key, value);
  };
  const makeRoom = (): void => {
    if (cache.size <= cacheEntries) return;
    let surplus = cache.size - cacheEntries + (cacheEntries >> 3);
    for (const key of cache.keys()) {
      if (surplus-- <= 0) return;
      cache.delete(key);
    }
  };

  /** What the last batch changed, which no later one builds on: the database has the values from before it. */
  const forgetLostBatch = (): void => {
    for (const key of waiting?.texts.keys() ?? []) cache.delete(key);
    waiting = undefined;
  };

  /** Brings the database to a version. */
  async function moveTo(database: WorkingDatabase, version: number): Promise<number> {
    await applying?.done;
    applying = undefined;
    if (waiting?.version === version && database.version === version - 1) {
      const { size, texts } = waiting;
      const done = database.apply({ version, size }, texts);
      done.catch(() => undefined);
      applying = { texts, done };
      waiting = undefined;
      return size;
    }
    forgetLostBatch();
    if (loadedVersion === version && database.version === version) return database.size;
    cache.clear();
    if (database.version < 0 || database.version > version) {
      await database.refill(version, (add) => files.read(version, add));
      return database.size;
    }
    await files.resume(version);
    const changes = new Map<string, string | undefined>();
    const size = await files.replay(database.version, version, (key, value) => changes.set(key, value));
    if (size !== undefined) await database.apply({ version, size }, changes);
    return database.size;
  }

  async function read(database: WorkingDatabase, keys: readonly string[]): Promise<(Value | undefined)[]> {
    const values: (Value | undefined)[] = new Array(keys.length);
    const missed: number[] = [];
    for (const [index, key] of keys.entries()) {
      const cached = cache.get(key);
      if (cached !== undefined) values[index] = cached;
      else if (applying?.texts.has(key)) {
        const text = applying.texts.get(key);
        values[index] = text === undefined ? undefined : codec.decode(text);
      } else missed.push(index);
    }
    if (missed.length === 0) return values;
    const texts = await database.read(missed.map((index) => keys[index] as string));
    for (const [place, index] of missed.entries()) {
      const text = texts[place];
      if (text === undefined) continue;
      const value = codec.decode(text);
      values[index] = value;
      cache.set(keys[index] as string, value);
    }
    return values;
  }

  async function exactSize(
    database: WorkingDatabase,
    counted: number,
    unread: ReadonlyMap<string, boolean>,
  ): Promise<number> {
    if (unread.size === 0) return counted;
    const before = await read(database, [...unread.keys()]);
    let exact = counted;
    let index = 0;
    for (const taken of unread.values()) {
      const was = before[index++] !== undefined;
      exact += Number(taken) - Number(was);
    }
    return exact;
  }

  return {
    async load(version) {
      requireVersion(version);
      opening ??= WorkingDatabase.open(databaseFolder);
      const database = await opening;
      const size = await moveTo(database, version);
      loadedVersion = version;
      makeRoom();
      return openReadThroughStore<Value>({
        version,
        size,
        read: (keys) => read(database, keys),
        async scan(visit) {
          await applying?.done;
          await database.visit(undefined, Number.POSITIVE_INFINITY, (key, text) =>
            visit(key, codec.decode(text)),
          );
        },
        async commit(changes, counted, unread) {
          const next = version + 1;
          const exact = await exactSize(database, counted, unread);
          const texts = new Map<string, string | undefined>();
          for (const [key, value] of changes) {
            texts.set(key, value === undefined ? undefined : codec.encode(value));
          }
          await files.writeDelta(next, exact, texts);
          for (const [key, value] of changes) {
            if (value === undefined) cache.delete(key);
            else remember(key, value);
          }
          waiting = { version: next, size: exact, texts };
        },
      });
    },
    async maintain(oldestVersion) {
      if (opening === undefined) return;
      const database = await opening;
      await applying?.done;
      await files.maintain(oldestVersion, waiting?.size ?? database.size, () => takeFrom(database));
    },
    async close() {
      await applying?.done.catch(() => undefined);
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}

/** In the order of the keys, some at a time, each as the database then has it. */
function takeFrom(database: WorkingDatabase): SnapshotContent {
  let place: Buffer | undefined;
  return {
    from: database.version,
    async take(limit, add) {
      place = await database.visit(place, limit, add);
      return place !== undefined;
    },
  };
}
