import type { KeyedStateTable, StatePart, ValueCodec } from './backend.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { CopyOnWriteGroup, type SnapshotScope, type VersionedEntry } from './copy-on-write.ts';
import { type ChainedEntry, findEntry, linkEntry, unlinkEntry } from './entry-chain.ts';
import { readKey, writeKey } from './key-bytes.ts';
import { type Key, type KeyGroupRange, keyGroupOf } from './key-group.ts';

interface HeapEntry<Value> extends ChainedEntry<HeapEntry<Value>>, VersionedEntry<HeapEntry<Value>> {
  value: Value;
}

type Group<Value> = CopyOnWriteGroup<Key, HeapEntry<Value>>;

/** Between two pauses of the snapshot writer: some hundred microseconds of work. */
const RECORDS_A_CHUNK = 512;

/** A state table in memory, one map per key group. */
export class HeapTable<Value> implements KeyedStateTable<Value>, StatePart {
  readonly name: string;
  readonly #codec: ValueCodec<Value>;
  readonly #maxParallelism: number;
  readonly #firstGroup: number;
  readonly #groups: (Group<Value> | undefined)[];
  readonly #keepCopy: (entry: HeapEntry<Value>) => HeapEntry<Value>;
  #tracking = false;
  #entries = 0;

  constructor(name: string, codec: ValueCodec<Value>, maxParallelism: number, keyGroups: KeyGroupRange) {
    this.name = name;
    this.#codec = codec;
    this.#maxParallelism = maxParallelism;
    this.#firstGroup = keyGroups.first;
    this.#groups = new Array(keyGroups.last - keyGroups.first + 1).fill(undefined);
    this.#keepCopy = (entry) => ({ ...entry, value: codec.copy(entry.value) });
  }

  get entries(): number {
    return this.#entries;
  }

  get(key: Key, namespace: number): Value | undefined {
    const group = this.#groups[keyGroupOf(key, this.#maxParallelism) - this.#firstGroup];
    return group === undefined ? undefined : findEntry(group.chains, key, namespace)?.value;
  }

  getForUpdate(key: Key, namespace: number): Value | undefined {
    const group = this.#groups[keyGroupOf(key, this.#maxParallelism) - this.#firstGroup];
    if (group === undefined) return undefined;
    const entry = findEntry(group.chains, key, namespace);
    if (entry === undefined) return undefined;
    group.beforeChange(entry, this.#keepCopy);
    return entry.value;
  }

  put(key: Key, namespace: number, value: Value): void {
    this.#putInto(this.#groupAt(keyGroupOf(key, this.#maxParallelism)), key, namespace, value);
  }

  remove(key: Key, namespace: number): void {
    const group = this.#groups[keyGroupOf(key, this.#maxParallelism) - this.#firstGroup];
    if (group === undefined) return;
    const entry = findEntry(group.chains, key, namespace);
    if (entry === undefined) return;
    group.beforeRemove(entry);
    unlinkEntry(group.chains, entry);
    this.#entries--;
  }

  request(): void {}

  beginSnapshot(scope: SnapshotScope, tracking: boolean): void {
    this.#tracking = tracking;
    for (const group of this.#groups) group?.beginSnapshot(scope, tracking);
  }

  *writeRemoved(keyGroup: number, writer: ByteWriter): Generator<void, void> {
    const removed = this.#groups[keyGroup - this.#firstGroup]?.removedEntries ?? [];
    for (let index = 0; index < removed.length; index++) {
      const entry = removed[index]!;
      writeKey(entry.key, writer);
      writer.float64(entry.namespace);
      if (index % RECORDS_A_CHUNK === RECORDS_A_CHUNK - 1) yield;
    }
  }

  readRemoved(_keyGroup: number, reader: ByteReader): void {
    this.remove(readKey(reader), reader.float64());
  }

  *writeRecords(keyGroup: number, writer: ByteWriter): Generator<void, void> {
    const group = this.#groups[keyGroup - this.#firstGroup];
    if (group === undefined) return;
    let records = 0;
    for (const entry of group.snapshotEntries()) {
      writeKey(entry.key, writer);
      writer.float64(entry.namespace);
      const position = writer.beginLength();
      this.#codec.write(entry.value, writer);
      writer.endLength(position);
      records += 1;
      if (records % RECORDS_A_CHUNK === 0) yield;
    }
  }

  endSnapshot(): void {
    for (const group of this.#groups) group?.endSnapshot();
  }

  readRecord(keyGroup: number, reader: ByteReader): void {
    const key = readKey(reader);
    const namespace = reader.float64();
    reader.uint32();
    this.#putInto(this.#groupAt(keyGroup), key, namespace, this.#codec.read(reader));
  }

  #groupAt(keyGroup: number): Group<Value> {
    const index = keyGroup - this.#firstGroup;
    let group = this.#groups[index];
    if (group === undefined) {
      group = new CopyOnWriteGroup(this.#tracking);
      this.#groups[index] = group;
    }
    return group;
  }

  #putInto(group: Group<Value>, key: Key, namespace: number, value: Value): void {
    const entry = findEntry(group.chains, key, namespace);
    if (entry === undefined) {
      const added: HeapEntry<Value> = { key, namespace, value, version: 0, next: undefined };
      linkEntry(group.chains, added);
      this.#entries++;
      group.added(added);
      return;
    }
    group.beforeChange(entry, shallowCopy);
    entry.value = value;
  }
}

function shallowCopy<Entry extends object>(entry: Entry): Entry {
  return { ...entry };
}
