import type { KeyedStateTable, SnapshotHandle, StateBackend, StatePart, ValueCodec } from './backend.ts';
import { stateErrors } from './errors.ts';
import { HeapTable } from './heap-table.ts';
import type { KeyGroupRange } from './key-group.ts';
import { readSection, sectionsOfParts } from './part-snapshot.ts';
import { readSnapshotFile, writeSnapshotFile } from './snapshot-file.ts';

/** All state in the JavaScript heap: every access synchronous, snapshots by copy on write. */
export function createHeapBackend(maxParallelism: number, keyGroups: KeyGroupRange): StateBackend {
  return new HeapBackend(maxParallelism, keyGroups);
}

class HeapBackend implements StateBackend {
  readonly maxParallelism: number;
  readonly keyGroups: KeyGroupRange;
  readonly #parts: StatePart[] = [];
  #snapshotRunning = false;

  constructor(maxParallelism: number, keyGroups: KeyGroupRange) {
    this.maxParallelism = maxParallelism;
    this.keyGroups = keyGroups;
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

  snapshot(): SnapshotHandle {
    if (this.#snapshotRunning) throw stateErrors.error('EVENT_SNAPSHOT_RUNNING');
    this.#snapshotRunning = true;
    for (const part of this.#parts) part.beginSnapshot();
    const release = async (): Promise<void> => {
      for (const part of this.#parts) part.endSnapshot();
      this.#snapshotRunning = false;
    };
    return {
      write: (path) =>
        writeSnapshotFile(path, this.maxParallelism, sectionsOfParts(this.#parts, this.keyGroups)).finally(
          release,
        ),
      release,
    };
  }

  async restore(files: readonly string[]): Promise<void> {
    const parts = new Map(this.#parts.map((part) => [part.name, part]));
    for (const path of files) {
      await readSnapshotFile(path, this.maxParallelism, this.keyGroups, (section) => {
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
