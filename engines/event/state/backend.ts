import type { ByteReader, ByteWriter } from './bytes.ts';
import type { SnapshotScope } from './copy-on-write.ts';
import type { Key, KeyGroupRange } from './key-group.ts';

/** The namespace of state that belongs to its key alone; windowed state uses the window's start in milliseconds. */
export const VOID_NAMESPACE = 0;

/** How values of one table are copied and written. */
export interface ValueCodec<Value> {
  /** An independent copy; the value itself if it is immutable. */
  copy(value: Value): Value;
  write(value: Value, writer: ByteWriter): void;
  read(reader: ByteReader): Value;
}

/** Values by key and namespace. Every call is synchronous; on a backend with a cache the state must have been prefetched. */
export interface KeyedStateTable<Value> {
  /** The value, not to be changed; undefined if there is none. */
  get(key: Key, namespace: number): Value | undefined;
  /** The value, which the caller may change in place until the next call on any state of this key; undefined if there is none. */
  getForUpdate(key: Key, namespace: number): Value | undefined;
  put(key: Key, namespace: number, value: Value): void;
  remove(key: Key, namespace: number): void;
  /** Inside `StateBackend.prefetch` only: says that this state is going to be used. */
  request(key: Key, namespace: number): void;
}

/** A part of the snapshot: a state table or the timers. Its records of one key group form one section of the file. */
export interface StatePart {
  readonly name: string;
  /** Records that a full snapshot would hold now. */
  readonly entries: number;
  /** Takes over one record, as `records` wrote it, on restoring. */
  readRecord(keyGroup: number, reader: ByteReader): void;
  /** Takes out one record, as `writeRemoved` wrote it, on restoring; nothing if it is not there. */
  readRemoved(keyGroup: number, reader: ByteReader): void;
  /**
   * From here on until `endSnapshot`, `writeRecords` gives the content of this instant, whatever changes meanwhile; with scope `changes` what was
   * changed since the snapshot before, if that was begun with `tracking`. Constant time in the number of keys.
   */
  beginSnapshot(scope: SnapshotScope, tracking: boolean): void;
  /** With scope `changes`: writes what was removed of the key group, before `writeRecords` of the group. A removed record may be among those too. */
  writeRemoved(keyGroup: number, writer: ByteWriter): Generator<void, void>;
  /** Writes the key group's records, each group once a snapshot; yields now and then, and may be resumed later. */
  writeRecords(keyGroup: number, writer: ByteWriter): Generator<void, void>;
  endSnapshot(): void;
}

/** A snapshot file that is durable. `changes` are to be restored after the file of the snapshot before. */
interface WrittenSnapshot {
  readonly bytes: number;
  readonly scope: SnapshotScope;
}

/** A consistent view of all state at the instant of `snapshot()`. Exactly one of `write` and `release` is called, once. */
export interface SnapshotHandle {
  /** Records of the view, whatever is written of them; null on a backend that does not count. */
  readonly entries: number | null;
  /**
   * Writes the view to a new file, in chunks between which other work of the thread goes on, and syncs the file (not its folder).
   * Rejects with EVENT_SNAPSHOT_WRITE_FAILED; the state itself is unharmed then.
   */
  write(path: string): Promise<WrittenSnapshot>;
  /** Gives the view up without writing it; the next snapshot may begin once the promise is resolved. */
  release(): Promise<void>;
}

/**
 * Keyed state of one slot. Life: made empty, the operator's tables and timers declared, `restore` if there is a snapshot, use, `close`.
 */
export interface StateBackend {
  readonly maxParallelism: number;
  readonly keyGroups: KeyGroupRange;
  /** Declares a table. Names are unique within a backend and are part of the snapshot. */
  table<Value>(name: string, codec: ValueCodec<Value>): KeyedStateTable<Value>;
  /** Declares heap state that is kept outside of tables, such as timers. */
  addPart(part: StatePart): void;
  /**
   * Brings state into reach: `collect` calls `request` on tables for all that is going to be used before the next prefetch. Returns
   * undefined if all of it is there already; otherwise nothing may be processed before the promise resolves.
   */
  prefetch(collect: () => void): Promise<void> | undefined;
  /**
   * The synchronous part of a snapshot. `changes` asks for what changed since the last snapshot alone; it is given in full if that one was
   * not written, or if changes are not tracked. At most one snapshot may be unfinished: throws EVENT_SNAPSHOT_RUNNING.
   */
  snapshot(scope?: SnapshotScope): SnapshotHandle;
  /**
   * Loads the key groups of this slot from the files of all slots of one snapshot, whatever their parallelism was: of each slot a full one
   * first, then the changes in their order. Into a backend without content. Rejects with
   * EVENT_SNAPSHOT_CORRUPT, EVENT_SNAPSHOT_UNREADABLE or EVENT_SNAPSHOT_INCOMPATIBLE (other maxParallelism, undeclared state).
   */
  restore(files: readonly string[]): Promise<void>;
  /** Waits for what is under way, frees native resources; removes the working files. Idempotent. */
  close(): Promise<void>;
}
