import { type FileSystem, nodeFileSystem } from '../file-system/index.ts';
import type { KeyedStateTable, SnapshotHandle, StateBackend, StatePart, ValueCodec } from './backend.ts';
import { type CacheCounts, CachedTable } from './cached-table.ts';
import { ChangeLog } from './change-log.ts';
import type { SnapshotScope } from './copy-on-write.ts';
import { stateErrors } from './errors.ts';
import type { KeyGroupRange } from './key-group.ts';
import { readSection, sectionsOfParts } from './part-snapshot.ts';
import { RocksDbStore, sectionsOfChanges, sectionsOfView } from './rocksdb-store.ts';
import { readSnapshotFile, type SnapshotSection, writeSnapshotFile } from './snapshot-file.ts';

export interface RocksDbBackendOptions {
  readonly maxParallelism: number;
  readonly keyGroups: KeyGroupRange;
  /** Working folder of this slot, for nobody else: emptied at the start and removed at the end. */
  readonly folder: string;
  /** Entries kept in memory; more only for as long as a batch of elements needs them. */
  readonly cacheEntries: number;
  /** Whether snapshots of scope `changes` will be asked for: it costs memory for the keys that change between two snapshots. */
  readonly trackChanges?: boolean;
  readonly files?: FileSystem;
}

/**
 * Changed entries kept before they are written back. It bounds the synchronous part of a snapshot, which encodes them.
 */
const DIRTY_ENTRIES = 8192;

/** Tables in RocksDB behind a write-back cache; timers stay on the heap. Rejects with EVENT_STATE_STORE_FAILED. */
export async function openRocksDbBackend(options: RocksDbBackendOptions): Promise<StateBackend> {
  return new RocksDbBackend(options, await RocksDbStore.open(options.folder));
}

class RocksDbBackend implements StateBackend {
  readonly maxParallelism: number;
  readonly keyGroups: KeyGroupRange;
  readonly #cacheEntries: number;
  readonly #files: FileSystem;
  readonly #trackChanges: boolean;
  readonly #store: RocksDbStore;
  readonly #tables: CachedTable<unknown>[] = [];
  readonly #heapParts: StatePart[] = [];
  readonly #counts: CacheCounts = { entries: 0, dirty: 0 };
  /** Undefined: there is no snapshot that changes could follow. */
  #changes: ChangeLog | undefined;
  #lastWrite: Promise<void> = Promise.resolve();
  #snapshotRunning = false;
  #closed: Promise<void> | undefined;

  constructor(options: RocksDbBackendOptions, store: RocksDbStore) {
    this.maxParallelism = options.maxParallelism;
    this.keyGroups = options.keyGroups;
    this.#cacheEntries = options.cacheEntries;
    this.#files = options.files ?? nodeFileSystem;
    this.#trackChanges = options.trackChanges ?? false;
    this.#store = store;
  }

  table<Value>(name: string, codec: ValueCodec<Value>): KeyedStateTable<Value> {
    const table = new CachedTable(name, this.#tables.length, codec, this.maxParallelism, this.#counts);
    this.#tables.push(table as CachedTable<unknown>);
    return table;
  }

  addPart(part: StatePart): void {
    this.#heapParts.push(part);
  }

  prefetch(collect: () => void): Promise<void> | undefined {
    if (this.#counts.entries > this.#cacheEntries || this.#counts.dirty > DIRTY_ENTRIES) {
      return this.#makeRoom().then(() => {
        this.#collect(collect);
        return this.#load();
      });
    }
    this.#collect(collect);
    return this.#tables.some((table) => table.hasRequests) ? this.#load() : undefined;
  }

  snapshot(asked: SnapshotScope = 'full'): SnapshotHandle {
    if (this.#snapshotRunning) throw stateErrors.error('EVENT_SNAPSHOT_RUNNING');
    this.#snapshotRunning = true;
    this.#writeBack();
    const changed = asked === 'changes' ? this.#changes?.keys : undefined;
    const scope = changed === undefined ? 'full' : 'changes';
    this.#changes = this.#trackChanges ? new ChangeLog() : undefined;
    for (const part of this.#heapParts) part.beginSnapshot(scope, this.#trackChanges);
    const view = this.#store.view();
    const release = async (): Promise<void> => {
      for (const part of this.#heapParts) part.endSnapshot();
      try {
        await (await view).close();
      } finally {
        this.#snapshotRunning = false;
      }
    };
    const lost = (): void => {
      this.#changes = undefined;
    };
    return {
      entries: null,
      write: async (path) => {
        try {
          const sections = this.#sections(await view, scope, changed);
          const { bytes } = await writeSnapshotFile(this.#files, path, this.maxParallelism, sections);
          return { bytes, scope };
        } catch (error) {
          lost();
          throw error;
        } finally {
          await release();
        }
      },
      release: () => {
        lost();
        return release();
      },
    };
  }

  async restore(files: readonly string[]): Promise<void> {
    for (const path of files) {
      await readSnapshotFile(this.#files, path, this.maxParallelism, this.keyGroups, async (section) => {
        const table = this.#tables.findIndex(({ name }) => name === section.part);
        const heapPart = this.#heapParts.find(({ name }) => name === section.part);
        if (table >= 0) await this.#store.restore(table, section);
        else if (heapPart !== undefined) readSection(heapPart, section);
        else throw stateErrors.error('EVENT_SNAPSHOT_INCOMPATIBLE', { path, reason: unknownState(section) });
      });
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#store.close();
    return this.#closed;
  }

  async *#sections(
    view: Awaited<ReturnType<RocksDbStore['view']>>,
    scope: SnapshotScope,
    changed: ReadonlySet<string> | undefined,
  ): AsyncGenerator<SnapshotSection, void> {
    yield* sectionsOfParts(this.#heapParts, this.keyGroups, scope);
    const names = this.#tables.map(({ name }) => name);
    yield* changed === undefined ? sectionsOfView(view, names) : sectionsOfChanges(view, names, changed);
  }

  #writeBack(): void {
    if (this.#counts.dirty === 0) return;
    this.#lastWrite = this.#store.write(this.#counts.dirty, (batch) => {
      for (const table of this.#tables) table.writeDirty(batch, this.#changes);
    });
  }

  #collect(collect: () => void): void {
    for (const table of this.#tables) table.beginRequests();
    collect();
  }

  async #makeRoom(): Promise<void> {
    const before = this.#lastWrite;
    this.#writeBack();
    if (this.#counts.entries <= this.#cacheEntries) {
      // one batch is written while the next changes gather
      await before;
      return;
    }
    // an entry may leave the cache only when the store has it: a read would find the old value otherwise
    await this.#store.settled();
    for (const which of ['unused', 'all'] as const) {
      if (this.#counts.entries <= this.#cacheEntries) return;
      for (const table of this.#tables) table.evict(which);
    }
  }

  #load(): Promise<void> {
    return this.#store.read((batch) => this.#tables.flatMap((table) => table.readRequested(batch)));
  }
}

function unknownState(section: SnapshotSection): string {
  return `it holds state "${section.part}", which this dataflow does not have`;
}
