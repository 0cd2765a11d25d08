import { microBatchErrors } from '../errors.ts';
import type { FileStore } from '../log/index.ts';
import { formatStateFile, readStateFile } from './state-file.ts';
import type { StateStore, StateStoreProvider, ValueCodec } from './state-store.ts';

interface ChangelogOptions<Value> {
  readonly files: FileStore;
  /** Folder of this state partition. */
  readonly folder: string;
  readonly codec: ValueCodec<Value>;
  /** A snapshot is written every so many versions. */
  readonly snapshotInterval: number;
}

/**
 * State in memory, with a changelog file a version and a snapshot now and then on disk, after Spark's
 * HDFSBackedStateStoreProvider. Any kept version is its nearest snapshot plus the deltas since.
 */
export function createChangelogProvider<Value>(options: ChangelogOptions<Value>): StateStoreProvider<Value> {
  const { files, folder, codec, snapshotInterval } = options;
  let loaded: { version: number; readonly values: Map<string, Value> } | undefined;
  let lastSnapshot = 0;

  const deltaFile = (version: number) => `${folder}/${version}.delta`;
  const snapshotFile = (version: number) => `${folder}/${version}.snapshot`;

  async function versionsOf(suffix: string): Promise<number[]> {
    const names = await files.list(folder);
    return names.filter((name) => name.endsWith(suffix)).map((name) => Number.parseInt(name, 10));
  }

  async function readVersion(version: number): Promise<Map<string, Value>> {
    const values = new Map<string, Value>();
    const apply = (key: string, value: Value | undefined) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    };
    const snapshot = Math.max(0, ...(await versionsOf('.snapshot')).filter((found) => found <= version));
    const wanted = snapshot === 0 ? [] : [snapshotFile(snapshot)];
    for (let delta = snapshot + 1; delta <= version; delta++) wanted.push(deltaFile(delta));
    for (const file of wanted) {
      const text = await files.read(file);
      if (text === undefined) {
        throw microBatchErrors.error('MICRO_BATCH_STATE_MISSING', { version, folder, file });
      }
      readStateFile(file, text, codec, apply);
    }
    lastSnapshot = snapshot;
    return values;
  }

  return {
    async load(version) {
      if (loaded?.version !== version) loaded = { version, values: await readVersion(version) };
      const base = loaded;
      return openStore(base.values, version, async (changes) => {
        const text = formatStateFile('delta', version + 1, changes, codec);
        // Replaced, not created: an attempt that failed after this step may have left its file.
        await files.replace(deltaFile(version + 1), text);
        for (const [key, value] of changes) {
          if (value === undefined) base.values.delete(key);
          else base.values.set(key, value);
        }
        base.version = version + 1;
      });
    },
    async maintain(oldestVersion) {
      if (loaded !== undefined && loaded.version - lastSnapshot >= snapshotInterval) {
        const { version, values } = loaded;
        await files.replace(snapshotFile(version), formatStateFile('snapshot', version, values, codec));
        lastSnapshot = version;
        await removeUnneeded(oldestVersion);
      }
    },
  };

  async function removeUnneeded(oldestVersion: number): Promise<void> {
    const snapshots = await versionsOf('.snapshot');
    const base = Math.max(0, ...snapshots.filter((version) => version <= oldestVersion));
    for (const version of snapshots) if (version < base) await files.remove(snapshotFile(version));
    for (const version of await versionsOf('.delta'))
      if (version <= base) await files.remove(deltaFile(version));
  }
}

function openStore<Value>(
  base: ReadonlyMap<string, Value>,
  version: number,
  write: (changes: ReadonlyMap<string, Value | undefined>) => Promise<void>,
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
      await write(changes);
    },
    abort() {
      open = false;
    },
  };
}
