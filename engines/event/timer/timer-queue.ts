import {
  type ByteReader,
  type ByteWriter,
  CopyOnWriteGroup,
  type Key,
  type KeyGroupRange,
  keyGroupOf,
  readKey,
  type SnapshotScope,
  type StatePart,
  type VersionedEntry,
  writeKey,
} from '../state/index.ts';
import { type HeapElement, TimerHeap } from './timer-heap.ts';

interface Timer extends HeapElement, VersionedEntry<Timer> {
  /** Its id in the map of its key group. */
  readonly identity: string;
  readonly key: Key;
  readonly namespace: number;
}

export type TimerCallback = (key: Key, namespace: number, timestampMs: number) => void;

const RECORDS_A_CHUNK = 512;

/**
 * Timers of one time domain, each at most once per key, namespace and time (semantics A9; InternalTimerServiceImpl and
 * HeapPriorityQueueSet in Flink). They are part of the snapshot, by key group.
 */
export class TimerQueue implements StatePart {
  readonly name: string;
  readonly #maxParallelism: number;
  readonly #firstGroup: number;
  readonly #groups: (CopyOnWriteGroup<string, Timer> | undefined)[];
  readonly #heap = new TimerHeap<Timer>();
  #tracking = false;

  constructor(name: string, maxParallelism: number, keyGroups: KeyGroupRange) {
    this.name = name;
    this.#maxParallelism = maxParallelism;
    this.#firstGroup = keyGroups.first;
    this.#groups = new Array(keyGroups.last - keyGroups.first + 1).fill(undefined);
  }

  get entries(): number {
    return this.#heap.size;
  }

  /** Infinity without a timer. */
  get firstMs(): number {
    return this.#heap.first?.timestampMs ?? Number.POSITIVE_INFINITY;
  }

  register(key: Key, namespace: number, timestampMs: number): void {
    this.#registerIn(keyGroupOf(key, this.#maxParallelism), key, namespace, timestampMs);
  }

  delete(key: Key, namespace: number, timestampMs: number): void {
    const timer = this.#groups[this.#indexOf(key)]?.chains.get(identityOf(key, namespace, timestampMs));
    if (timer === undefined) return;
    this.#heap.remove(timer);
    this.#forget(timer);
  }

  /** Fires all timers up to and including `timeMs` in order of time; also those that the callback registers meanwhile. */
  fireUpTo(timeMs: number, onTimer: TimerCallback): void {
    for (
      let timer = this.#heap.first;
      timer !== undefined && timer.timestampMs <= timeMs;
      timer = this.#heap.first
    ) {
      this.#heap.remove(timer);
      this.#forget(timer);
      onTimer(timer.key, timer.namespace, timer.timestampMs);
    }
  }

  /** Visits what `fireUpTo` would fire now, in no order. */
  forEachDue(timeMs: number, visit: TimerCallback): void {
    this.#heap.forEachUpTo(timeMs, (timer) => visit(timer.key, timer.namespace, timer.timestampMs));
  }

  beginSnapshot(scope: SnapshotScope, tracking: boolean): void {
    this.#tracking = tracking;
    for (const group of this.#groups) group?.beginSnapshot(scope, tracking);
  }

  *writeRemoved(keyGroup: number, writer: ByteWriter): Generator<void, void> {
    yield* writeTimers(this.#groups[keyGroup - this.#firstGroup]?.removedEntries ?? [], writer);
  }

  *writeRecords(keyGroup: number, writer: ByteWriter): Generator<void, void> {
    yield* writeTimers(this.#groups[keyGroup - this.#firstGroup]?.snapshotEntries() ?? [], writer);
  }

  endSnapshot(): void {
    for (const group of this.#groups) group?.endSnapshot();
  }

  readRecord(keyGroup: number, reader: ByteReader): void {
    this.#registerIn(keyGroup, readKey(reader), reader.float64(), reader.float64());
  }

  readRemoved(_keyGroup: number, reader: ByteReader): void {
    this.delete(readKey(reader), reader.float64(), reader.float64());
  }

  #indexOf(key: Key): number {
    return keyGroupOf(key, this.#maxParallelism) - this.#firstGroup;
  }

  #registerIn(keyGroup: number, key: Key, namespace: number, timestampMs: number): void {
    const index = keyGroup - this.#firstGroup;
    let group = this.#groups[index];
    if (group === undefined) {
      group = new CopyOnWriteGroup(this.#tracking);
      this.#groups[index] = group;
    }
    const identity = identityOf(key, namespace, timestampMs);
    if (group.chains.has(identity)) return;
    const timer: Timer = {
      identity,
      key,
      namespace,
      timestampMs,
      position: -1,
      version: 0,
      next: undefined,
    };
    group.chains.set(identity, timer);
    group.added(timer);
    this.#heap.add(timer);
  }

  #forget(timer: Timer): void {
    const group = this.#groups[this.#indexOf(timer.key)];
    group?.beforeRemove(timer);
    group?.chains.delete(timer.identity);
  }
}

function* writeTimers(timers: Iterable<Timer>, writer: ByteWriter): Generator<void, void> {
  let records = 0;
  for (const timer of timers) {
    writeKey(timer.key, writer);
    writer.float64(timer.namespace);
    writer.float64(timer.timestampMs);
    records += 1;
    if (records % RECORDS_A_CHUNK === 0) yield;
  }
}

function identityOf(key: Key, namespace: number, timestampMs: number): string {
  return typeof key === 'string'
    ? `${timestampMs} ${namespace} "${key}`
    : `${timestampMs} ${namespace} ${key}`;
}
