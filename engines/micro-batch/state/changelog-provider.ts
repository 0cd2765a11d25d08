import { ChangelogFiles, type ChangelogFilesOptions, type SnapshotContent } from './changelog-files.ts';
import { requireVersion, type StateStore, type StateStoreProvider, type ValueCodec } from './state-store.ts';

interface ChangelogOptions<Value> extends ChangelogFilesOptions {
  readonly codec: ValueCodec<Value>;
}

/**
 * State in memory, with a changelog file a version and a snapshot now and then on disk, after Spark's
 * HDFSBackedStateStoreProvider. Any kept version is its nearest snapshot plus the deltas since.
 */
export function createChangelogProvider<Value>(options: ChangelogOptions<Value>): StateStoreProvider<Value> {
  const { codec } = options;
  const files = new ChangelogFiles(options);
  let loaded: { version: number; readonly values: Map<string, Value> } | undefined;

  async function readVersion(version: number): Promise<Map<string, Value>> {
    const values = new Map<string, Value>();
    await files.read(version, (key, text) => {
      if (text === undefined) values.delete(key);
      else values.set(key, codec.decode(text));
    });
    return values;
  }

  return {
    async load(version) {
      requireVersion(version);
      if (loaded?.version !== version) {
        loaded = undefined;
        loaded = { version, values: await readVersion(version) };
      }
      const base = loaded;
      return openStore(base.values, version, async (changes, size) => {
        await files.writeDelta(version + 1, size, encoded(changes, codec));
        for (const [key, value] of changes) {
          if (value === undefined) base.values.delete(key);
          else base.values.set(key, value);
        }
        base.version = version + 1;
      });
    },
    async maintain(oldestVersion) {
      if (loaded === undefined) return;
      const { values, version } = loaded;
      await files.maintain(oldestVersion, values.size, () => takeFrom(values, version, codec));
    },
  };
}

function* encoded<Value>(
  changes: ReadonlyMap<string, Value | undefined>,
  codec: ValueCodec<Value>,
): Generator<readonly [string, string | undefined]> {
  for (const [key, value] of changes) yield [key, value === undefined ? undefined : codec.encode(value)];
}

/** The iterator of a Map goes on over a Map that changes: what is put meanwhile comes last. */
function takeFrom<Value>(
  values: ReadonlyMap<string, Value>,
  from: number,
  codec: ValueCodec<Value>,
): SnapshotContent {
  const entries = values.entries();
  return {
    from,
    async take(limit, add) {
      for (let taken = 0; taken < limit; taken++) {
        const { done, value: entry } = entries.next();
        if (done) return false;
        add(entry[0], codec.encode(entry[1]));
      }
      return true;
    },
  };
}

function openStore<Value>(
  base: ReadonlyMap<string, Value>,
  version: number,
  write: (changes: ReadonlyMap<string, Value | undefined>, size: number) => Promise<void>,
): StateStore<Value> {
  const changes = new Map<string, Value | undefined>();
  let size = base.size;
  let open = true;

  const has = (key: string) => (changes.has(key) ? changes.get(key) !== undefined : base.has(key));
  const requireOpen = () => {
    if (!open) throw new TypeError(`state version ${version} is no longer open`);
  };

  return {
    version,
    get size() {
      return size;
    },
    async getMany(keys) {
      requireOpen();
      return keys.map((key) => (changes.has(key) ? changes.get(key) : base.get(key)));
    },
    put(key, value) {
      requireOpen();
      if (value === null || value === undefined) throw new TypeError('state holds no null');
      if (!has(key)) size++;
      changes.set(key, value);
    },
    remove(key) {
      requireOpen();
      if (!has(key)) return;
      size--;
      if (base.has(key)) changes.set(key, undefined);
      else changes.delete(key);
    },
    async scan(visit) {
      requireOpen();
      for (const [key, value] of base) if (!changes.has(key)) visit(key, value);
      for (const [key, value] of changes) if (value !== undefined) visit(key, value);
    },
    async commit() {
      requireOpen();
      open = false;
      await write(changes, size);
    },
    abort() {
      open = false;
    },
  };
}
