import { type FileSystem, nodeFileSystem } from '../file-system/index.ts';
import type { KeyedStateTable, SnapshotHandle, StateBackend, StatePart, ValueCodec } from './backend.ts';
import type { SnapshotScope } from './copy-on-write.ts';
import { stateErrors } from './errors.ts';
import { HeapTable } from './heap-table.ts';
import type { KeyGroupRange } from './key-group.ts';
import { readSection, sectionsOfParts } from './part-snapshot.ts';
import { readSnapshotFile, writeSnapshotFile } from './snapshot-file.ts';

export interface HeapBackendOptions {
  /** Whether snapshots of scope `changes` will be asked for: it costs memory for what changes between two snapshots. */
  readonly trackChanges?: boolean;
  readonly files?: FileSystem;
}

/** All state in the JavaScript heap: every access synchronous, snapshots by copy on write. */
export function createHeapBackend(
  maxParallelism: number,
  keyGroups: KeyGroupRange,
  options: HeapBackendOptions = {},
): StateBackend {
  return new HeapBackend(maxParallelism, keyGroups, options);
}

class HeapBackend implements StateBackend {
  readonly maxParallelism: number;
  readonly keyGroups: KeyGroupRange;
  readonly #files: FileSystem;
  readonly #trackChanges: boolean;
  readonly #parts: StatePart[] = [];
  #snapshotRunning = false;
  /** Whether the last snapshot was written and changes since then are known. */
  #hasBase = false;

  constructor(
    maxParallelism: number,
    keyGroups: KeyGroupRange,
    { trackChanges = false, files = nodeFileSystem }: HeapBackendOptions,
  ) {
    this.maxParallelism = maxParallelism;
    this.keyGroups = keyGroups;
    this.#trackChanges = trackChanges;
    this.#files = files;
  }

  table<Value>(name: string, codec: ValueCodec<Value>): KeyedStateTable<Value> {
    const table = new HeapTable(name, codec, this.maxParallelism, this.keyGroups);
    this.addPart(table);
    return table;
  }

  addPart(part: StatePart): void {
    this.#parts.push(part);
  }

  prefetch(): undefined {
    return undefined;
  }

  snapshot(asked: SnapshotScope = 'full'): SnapshotHandle {
    if (this.#snapshotRunning) throw stateErrors.error('EVENT_SNAPSHOT_RUNNING');
    this.#snapshotRunning = true;
    const scope = this.#hasBase ? asked : 'full';
    this.#hasBase = false;
    const entries = this.#parts.reduce((total, part) => total + part.entries, 0);
    for (const part of this.#parts) part.beginSnapshot(scope, this.#trackChanges);
    const release = async (): Promise<void> => {
      for (const part of this.#parts) part.endSnapshot();
      this.#snapshotRunning = false;
    };
    return {
      entries,
      write: async (path) => {
        try {
          const sections = sectionsOfParts(this.#parts, this.keyGroups, scope);
          const { bytes } = await writeSnapshotFile(this.#files, path, this.maxParallelism, sections);
          this.#hasBase = this.#trackChanges;
          return { bytes, scope };
        } finally {
          await release();
        }
      },
      release,
    };
  }

  async restore(files: readonly string[]): Promise<void> {
    const parts = new Map(this.#parts.map((part) => [part.name, part]));
    for (const path of files) {
      await readSnapshotFile(this.#files, path, this.maxParallelism, this.keyGroups, (section) => {
        const part = parts.get(section.part);
        if (part === undefined) {
          const reason = `it holds state "${section.part}", which this dataflow does not have`;
          throw stateErrors.error('EVENT_SNAPSHOT_INCOMPATIBLE', { path, reason });
        }
        readSection(part, section);
      });
    }
  }

  async close(): Promise<void> {}
}
