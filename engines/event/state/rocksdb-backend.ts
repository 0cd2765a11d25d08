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

/** Changed entries that are encoded in one go, which is the synchronous part of a snapshot and the pause of a write-back. */
const ENTRIES_A_WRITE = 1024;

/** Tables in RocksDB behind a write-back cache; timers stay on the heap. Rejects with EVENT_STATE_STORE_FAILED. */
export async function openRocksDbBackend(options: RocksDbBackendOptions): Promise<StateBackend> {
  return new RocksDbBackend(options, await RocksDbStore.open(options.folder));
}

class RocksDbBackend implements StateBackend {
  readonly maxParallelism: number;
  readonly keyGroups: KeyGroupRange;
  readonly #cacheEntries: number;
  /** Changed entries that wait in the cache for their key to change again; the rest of the cache can be given up at once. */
  readonly #dirtyEntries: number;
  readonly #files: FileSystem;
  readonly #trackChanges: boolean;
  readonly #store: RocksDbStore;
  readonly #tables: CachedTable<unknown>[] = [];
  readonly #heapParts: StatePart[] = [];
  readonly #counts: CacheCounts = { entries: 0, dirty: 0 };
  /** Undefined: there is no snapshot that changes could follow. */
  #changes: ChangeLog | undefined;
  #lastWrite: Promise<void> = Promise.resolve();
  /** Until the last snapshot has its view: what changed after it must not reach the store before. */
  #freezing: Promise<unknown> = Promise.resolve();
  #snapshotRunning = false;
  #closed: Promise<void> | undefined;

  constructor(options: RocksDbBackendOptions, store: RocksDbStore) {
    this.maxParallelism = options.maxParallelism;
    this.keyGroups = options.keyGroups;
    this.#cacheEntries = options.cacheEntries;
    this.#dirtyEntries = options.cacheEntries >> 1;
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
    if (this.#counts.entries > this.#cacheEntries || this.#counts.dirty > this.#dirtyEntries) {
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
    const log = this.#changes;
    const scope = asked === 'changes' && log?.hasRoomFor(this.#counts.dirty) ? 'changes' : 'full';
    this.#changes = this.#trackChanges ? new ChangeLog() : undefined;
    for (const part of this.#heapParts) part.beginSnapshot(scope, this.#trackChanges);
    for (const table of this.#tables) table.freeze();
    const view = this.#writeFrozen(log);
    this.#freezing = view.catch(() => undefined);
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
          const content = await view;
          const sections = this.#sections(content, scope, scope === 'changes' ? log?.keys : undefined);
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
    this.#closed ??= this.#freezing.then(() => this.#store.close());
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

  /** @returns the view of all that is frozen */
  async #writeFrozen(log: ChangeLog | undefined): ReturnType<RocksDbStore['view']> {
    for (;;) {
      const written = this.#store.write(ENTRIES_A_WRITE, (batch) => {
        this.#fill((table, limit) => table.writeFrozen(batch, log, limit));
      });
      if (!this.#tables.some((table) => table.hasFrozen)) {
        const view = this.#store.view();
        await written;
        return await view;
      }
      await written;
    }
  }

  #writeBack(): void {
    this.#lastWrite = this.#store.write(ENTRIES_A_WRITE, (batch) => {
      this.#fill((table, limit) => table.writeDirty(batch, this.#changes, limit));
    });
  }

  /** `some` takes at most so many entries of a table and says how many it took. */
  #fill(some: (table: CachedTable<unknown>, limit: number) => number): void {
    let limit = ENTRIES_A_WRITE;
    for (const table of this.#tables) limit -= some(table, limit);
  }

  #collect(collect: () => void): void {
    for (const table of this.#tables) table.beginRequests();
    collect();
  }

  async #makeRoom(): Promise<void> {
    await this.#freezing;
    const before = this.#lastWrite;
    if (this.#counts.dirty > this.#dirtyEntries) this.#writeBack();
    if (this.#counts.entries <= this.#cacheEntries) {
      // one batch is written while the next changes gather
      await before;
      return;
    }
    // an entry may leave the cache only when the store has it: a read would find the old value otherwise
    await this.#store.settled();
    // some at a time: each look over the cache takes as long as the cache is large
    const left = this.#cacheEntries - (this.#cacheEntries >> 3);
    for (const which of ['unused', 'any'] as const) {
      for (const table of this.#tables) table.evict(which, left);
    }
  }

  #load(): Promise<void> {
    return this.#store.read((batch) => this.#tables.flatMap((table) => table.readRequested(batch)));
  }
}

function unknownState(section: SnapshotSection): string {
  return `it holds state "${section.part}", which this dataflow does not have`;
}
