import type { ReadBatch, WriteBatch } from 'rocksdb';
import type { KeyedStateTable, ValueCodec } from './backend.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import type { ChangeLog } from './change-log.ts';
import { type ChainedEntry, findEntry, linkEntry, unlinkEntry } from './entry-chain.ts';
import { stateErrors } from './errors.ts';
import { type Key, keyGroupOf } from './key-group.ts';
import { encodeStoreKey } from './rocksdb-key.ts';

/** Sizes over the caches of all tables of a backend, in entries. */
export interface CacheCounts {
  entries: number;
  /** Entries that differ from the store. */
  dirty: number;
}

interface CachedEntry<Value> extends ChainedEntry<CachedEntry<Value>> {
  /** Undefined: known to be absent. */
  value: Value | undefined;
  dirty: boolean;
  /** Since the last eviction. */
  used: boolean;
}

const scratch = new ByteWriter();

/** A state table in front of RocksDB: changes are written back later, and only what was requested can be read. */
export class CachedTable<Value> implements KeyedStateTable<Value> {
  readonly name: string;
  readonly #number: number;
  readonly #codec: ValueCodec<Value>;
  readonly #maxParallelism: number;
  readonly #counts: CacheCounts;
  readonly #chains = new Map<Key, CachedEntry<Value>>();
  #dirty: CachedEntry<Value>[] = [];
  #requested: CachedEntry<Value>[] = [];
  /** What the last prefetch asked for, in its order, which is mostly that of the use: it saves the second look into the map. */
  #expected: CachedEntry<Value>[] = [];
  #nextExpected = 0;

  constructor(
    name: string,
    number: number,
    codec: ValueCodec<Value>,
    maxParallelism: number,
    counts: CacheCounts,
  ) {
    this.name = name;
    this.#number = number;
    this.#codec = codec;
    this.#maxParallelism = maxParallelism;
    this.#counts = counts;
  }

  get(key: Key, namespace: number): Value | undefined {
    const entry = this.#cached(key, namespace);
    entry.used = true;
    return entry.value;
  }

  getForUpdate(key: Key, namespace: number): Value | undefined {
    const entry = this.#cached(key, namespace);
    entry.used = true;
    if (entry.value !== undefined) this.#markDirty(entry);
    return entry.value;
  }

  put(key: Key, namespace: number, value: Value): void {
    this.#change(key, namespace, value);
  }

  remove(key: Key, namespace: number): void {
    this.#change(key, namespace, undefined);
  }

  /** Before the requests of a prefetch. */
  beginRequests(): void {
    this.#expected.length = 0;
    this.#nextExpected = 0;
  }

  request(key: Key, namespace: number): void {
    let entry = findEntry(this.#chains, key, namespace);
    if (entry === undefined) {
      entry = this.#add(key, namespace);
      this.#requested.push(entry);
    } else {
      entry.used = true;
    }
    this.#expected.push(entry);
  }

  get hasRequests(): boolean {
    return this.#requested.length > 0;
  }

  /** Adds reads of the requested entries to the batch; each promise settles after the batch's flush. */
  readRequested(batch: ReadBatch): Promise<void>[] {
    const requested = this.#requested;
    this.#requested = [];
    return requested.map(async (entry) => {
      const bytes = await batch.get(this.#storeKey(entry));
      if (bytes !== null) entry.value = this.#codec.read(new ByteReader(bytes));
    });
  }

  /** Adds all changes to the batch and their keys to the log. */
  writeDirty(batch: WriteBatch, changes: ChangeLog | undefined): void {
    for (const entry of this.#dirty) {
      entry.dirty = false;
      const storeKey = this.#storeKey(entry);
      changes?.add(storeKey);
      if (entry.value === undefined) {
        batch.tryDelete(storeKey);
      } else {
        scratch.clear();
        this.#codec.write(entry.value, scratch);
        batch.tryPut(storeKey, scratch.copy());
      }
    }
    this.#counts.dirty -= this.#dirty.length;
    this.#dirty = [];
  }

  /** Drops entries that the store holds too: those not used since the last eviction, or all. */
  evict(which: 'unused' | 'all'): void {
    for (const first of this.#chains.values()) {
      for (let entry: CachedEntry<Value> | undefined = first; entry !== undefined; entry = entry.next) {
        if (entry.dirty || (which === 'unused' && entry.used)) {
          entry.used = false;
        } else {
          unlinkEntry(this.#chains, entry);
          this.#counts.entries -= 1;
        }
      }
    }
  }

  #cached(key: Key, namespace: number): CachedEntry<Value> {
    const expected = this.#expected[this.#nextExpected];
    if (expected !== undefined && expected.key === key && expected.namespace === namespace) {
      this.#nextExpected += 1;
      return expected;
    }
    const entry = findEntry(this.#chains, key, namespace);
    if (entry === undefined) throw stateErrors.error('EVENT_STATE_NOT_PREFETCHED', { table: this.name });
    return entry;
  }

  #change(key: Key, namespace: number, value: Value | undefined): void {
    const entry = findEntry(this.#chains, key, namespace) ?? this.#add(key, namespace);
    entry.value = value;
    entry.used = true;
    this.#markDirty(entry);
  }

  #markDirty(entry: CachedEntry<Value>): void {
    if (entry.dirty) return;
    entry.dirty = true;
    this.#dirty.push(entry);
    this.#counts.dirty += 1;
  }

  #add(key: Key, namespace: number): CachedEntry<Value> {
    const entry = { key, namespace, value: undefined, dirty: false, used: true, next: undefined };
    linkEntry<CachedEntry<Value>>(this.#chains, entry);
    this.#counts.entries += 1;
    return entry;
  }

  #storeKey({ key, namespace }: CachedEntry<Value>): Buffer {
    return encodeStoreKey(keyGroupOf(key, this.#maxParallelism), this.#number, key, namespace);
  }
}
