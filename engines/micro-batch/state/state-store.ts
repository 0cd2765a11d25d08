/** Writes a state value as one line of text and back. */
export interface ValueCodec<Value> {
  encode(value: Value): string;
  decode(text: string): Value;
}

/**
 * The state of one state partition, in versions (semantics B18, after Spark's StateStoreProvider). Version 0 is
 * empty; batch n loads version n and commits version n + 1. One store is open at a time.
 */
export interface StateStoreProvider<Value> {
  /**
   * Opens a version for reading and changing. Fails with MICRO_BATCH_STATE_MISSING or MICRO_BATCH_STATE_LOST if there is
   * no such version, or none any more, with a TypeError if it is none that could be.
   */
  load(version: number): Promise<StateStore<Value>>;
  /** Work that no batch should wait for: snapshots, and removing what no version from `oldestVersion` on needs. */
  maintain(oldestVersion: number): Promise<void>;
}

/**
 * One version while a batch changes it. Reads see the changes; nobody else does before `commit`. Values must not be
 * changed in place. Reads are asynchronous and in bulk, so that a store outside the process costs one crossing a
 * batch and not one a key.
 */
export interface StateStore<Value> {
  /** The version that was loaded. */
  readonly version: number;
  /**
   * Number of keys, changes included. A store outside the heap takes a key that was put unread for a new one, and one
   * that was removed unread for one it had; it counts exactly at the commit.
   */
  readonly size: number;
  /** Values in the order of the keys; undefined where there is none. */
  getMany(keys: readonly string[]): Promise<(Value | undefined)[]>;
  /** Fails with a TypeError on null or undefined: a key is removed by `remove`. */
  put(key: string, value: Value): void;
  remove(key: string): void;
  /** Visits all keys, changes included, in no order. `visit` must not put or remove. */
  scan(visit: (key: string, value: Value) => void): Promise<void>;
  /** Makes the changes durable as version + 1. The store is closed, whether this succeeds or not. */
  commit(): Promise<void>;
  /** Forgets the changes. The store is closed. Nothing happens after `commit` or a first `abort`. */
  abort(): void;
}

/** Fails with a TypeError on what can be no version. */
export function requireVersion(version: number): void {
  if (!Number.isSafeInteger(version) || version < 0) throw new TypeError(`${version} is no state version`);
}
