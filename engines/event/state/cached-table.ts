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
  /** Entries that were changed since the last snapshot and differ from the store. */
  dirty: number;
}

interface CachedEntry<Value> extends ChainedEntry<CachedEntry<Value>> {
  /** Undefined: known to be absent. */
  value: Value | undefined;
  /** The table's generation at the change that the store has not; 0 if it has all. */
  changedIn: number;
  /** Since an eviction last looked at it. */
  used: boolean;
}

/** What an entry was when a snapshot began, if it changed before it was written. */
interface EarlyWrite {
  readonly storeKey: Buffer;
  readonly value: Buffer | undefined;
}

const scratch = new ByteWriter();

/**
 * A state table in front of RocksDB: changes are written back later, and only what was requested can be read. What a snapshot is to hold
 * is frozen, not copied: `freeze` begins a new generation, and an entry of the one before is encoded when it is about to change or when
 * the snapshot's writer comes to it, whichever is first.
 */
export class CachedTable<Value> implements KeyedStateTable<Value> {
  readonly name: string;
  readonly #number: number;
  readonly #codec: ValueCodec<Value>;
  readonly #maxParallelism: number;
  readonly #counts: CacheCounts;
  readonly #chains = new Map<Key, CachedEntry<Value>>();
  #generation = 1;
  /** Of this generation, in the order of their first changes. */
  #dirty: CachedEntry<Value>[] = [];
  /** Of the generation before: those to be written, and from where on. */
  #frozen: CachedEntry<Value>[] = [];
  #nextFrozen = 0;
  #early: EarlyWrite[] = [];
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
    if (entry.value !== undefined) this.#beforeChange(entry);
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

  /** Adds the oldest changes to the batch, at most `limit`, and their keys to the log. Nothing may be frozen. @returns how many */
  writeDirty(batch: WriteBatch, changes: ChangeLog | undefined, limit: number): number {
    const oldest = this.#dirty.splice(0, limit);
    for (const entry of oldest) this.#writeEntry(entry, batch, changes);
    this.#counts.dirty -= oldest.length;
    return oldest.length;
  }

  /** The synchronous part of a snapshot; what an earlier one froze must be written. */
  freeze(): void {
    this.#counts.dirty -= this.#dirty.length;
    this.#frozen = this.#dirty;
    this.#nextFrozen = 0;
    this.#dirty = [];
    this.#generation += 1;
  }

  get hasFrozen(): boolean {
    return this.#nextFrozen < this.#frozen.length || this.#early.length > 0;
  }

  /** Adds what is frozen to the batch, at most `limit` entries and those that changed since. @returns how many entries it looked at */
  writeFrozen(batch: WriteBatch, changes: ChangeLog | undefined, limit: number): number {
    for (const { storeKey, value } of this.#early) write(batch, changes, storeKey, value);
    this.#early = [];
    const end = Math.min(this.#frozen.length, this.#nextFrozen + limit);
    const looked = end - this.#nextFrozen;
    for (; this.#nextFrozen < end; this.#nextFrozen++) {
      const entry = this.#frozen[this.#nextFrozen] as CachedEntry<Value>;
      if (this.#isFrozen(entry)) this.#writeEntry(entry, batch, changes);
    }
    if (end === this.#frozen.length) {
      this.#frozen = [];
      this.#nextFrozen = 0;
    }
    return looked;
  }

  /** Drops entries that the store holds too, those not used since they were last looked at or any, until so many are left in all tables. */
  evict(which: 'unused' | 'any', left: number): void {
    for (const first of this.#chains.values()) {
      for (let entry: CachedEntry<Value> | undefined = first; entry !== undefined; entry = entry.next) {
        if (this.#counts.entries <= left) return;
        if (entry.changedIn !== 0 || (which === 'unused' && entry.used)) {
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
    this.#beforeChange(entry);
    entry.value = value;
    entry.used = true;
  }

  #isFrozen(entry: CachedEntry<Value>): boolean {
    return entry.changedIn !== 0 && entry.changedIn !== this.#generation;
  }

  #beforeChange(entry: CachedEntry<Value>): void {
    if (entry.changedIn === this.#generation) return;
    if (entry.changedIn !== 0) {
      this.#early.push({ storeKey: this.#storeKey(entry), value: this.#encoded(entry) });
    }
    entry.changedIn = this.#generation;
    this.#dirty.push(entry);
    this.#counts.dirty += 1;
  }

  #add(key: Key, namespace: number): CachedEntry<Value> {
    const entry = { key, namespace, value: undefined, changedIn: 0, used: true, next: undefined };
    linkEntry<CachedEntry<Value>>(this.#chains, entry);
    this.#counts.entries += 1;
    return entry;
  }

  #writeEntry(entry: CachedEntry<Value>, batch: WriteBatch, changes: ChangeLog | undefined): void {
    entry.changedIn = 0;
    write(batch, changes, this.#storeKey(entry), this.#encoded(entry));
  }

  #encoded({ value }: CachedEntry<Value>): Buffer | undefined {
    if (value === undefined) return undefined;
    scratch.clear();
    this.#codec.write(value, scratch);
    return scratch.copy();
  }

  #storeKey({ key, namespace }: CachedEntry<Value>): Buffer {
    return encodeStoreKey(keyGroupOf(key, this.#maxParallelism), this.#number, key, namespace);
  }
}

function write(
  batch: WriteBatch,
  changes: ChangeLog | undefined,
  storeKey: Buffer,
  value: Buffer | undefined,
): void {
  changes?.add(storeKey);
  if (value === undefined) batch.tryDelete(storeKey);
  else batch.tryPut(storeKey, value);
}
