import type { Row } from '../../pipeline/index.ts';
import type { StateStore, ValueCodec } from '../state/index.ts';
import type { JoinIndex } from './join-index.ts';

/** A row that may still meet rows of the other side. */
export interface WaitingRow {
  readonly timeMs: number;
  /** Whether it has met one; not kept where nobody asks. */
  readonly matched: boolean;
  readonly row: Row;
}

/** Rows of one key and one span of time, in order of time, then of arrival. */
export type Bucket = readonly WaitingRow[];

export const bucketCodec: ValueCodec<Bucket> = {
  encode: (bucket) =>
    JSON.stringify(bucket.map(({ timeMs, matched, row }) => [timeMs, matched ? 1 : 0, row])),
  decode: (text) =>
    (JSON.parse(text) as [number, 0 | 1, Row][]).map(([timeMs, matched, row]) => ({
      timeMs,
      matched: matched === 1,
      row,
    })),
};

/** A bucket while a batch works on it: a copy as soon as it changes, since values of a store never do. */
interface OpenBucket {
  rows: WaitingRow[];
  changed: boolean;
}

/**
 * One side of a join in one state partition, while a batch works on it. Rows lie in buckets of time: a look at a span
 * of time reads the few that it touches, and those are known before, so that all of a batch are read at once.
 */
export class JoinBuffer {
  readonly #store: StateStore<Bucket>;
  readonly #index: JoinIndex;
  readonly #bucketMs: number;
  readonly #open = new Map<string, OpenBucket>();
  readonly #requested = new Set<string>();

  /** @param index of the same version as the store; it changes with it */
  constructor(store: StateStore<Bucket>, index: JoinIndex, bucketMs: number) {
    this.#store = store;
    this.#index = index;
    this.#bucketMs = bucketMs;
  }

  /** Says that `add` or `forEachWithin` will come for these times. */
  request(key: string, fromMs: number, toMs: number): void {
    for (let start = this.#startOf(fromMs); start <= toMs; start += this.#bucketMs) {
      this.#requested.add(bucketKey(start, key));
    }
  }

  /** Reads what was requested. */
  async fetch(): Promise<void> {
    const keys = [...this.#requested];
    this.#requested.clear();
    const found = await this.#store.getMany(keys);
    for (const [index, key] of keys.entries()) {
      this.#open.set(key, { rows: (found[index] ?? []) as WaitingRow[], changed: false });
    }
  }

  add(key: string, waiting: WaitingRow): void {
    const bucket = this.#changing(bucketKey(this.#startOf(waiting.timeMs), key));
    let at = bucket.length;
    while (at > 0 && (bucket[at - 1] as WaitingRow).timeMs > waiting.timeMs) at--;
    bucket.splice(at, 0, waiting);
    this.#index.rows++;
  }

  /** Visits the rows between two times, both included, in order of time, then of arrival. Tells whether there was one. */
  forEachWithin(key: string, fromMs: number, toMs: number, visit: (row: Row) => void): boolean {
    let found = false;
    for (let start = this.#startOf(fromMs); start <= toMs; start += this.#bucketMs) {
      for (const { timeMs, row } of this.#bucket(bucketKey(start, key)).rows) {
        if (timeMs < fromMs || timeMs > toMs) continue;
        found = true;
        visit(row);
      }
    }
    return found;
  }

  /** Notes that the rows between two times, both included, have met a row of the other side. */
  markWithin(key: string, fromMs: number, toMs: number): void {
    for (let start = this.#startOf(fromMs); start <= toMs; start += this.#bucketMs) {
      const name = bucketKey(start, key);
      for (const [index, waiting] of this.#bucket(name).rows.entries()) {
        if (waiting.matched || waiting.timeMs < fromMs || waiting.timeMs > toMs) continue;
        this.#changing(name)[index] = { ...waiting, matched: true };
      }
    }
  }

  /** Takes out the rows before a time, earliest first, those of one time in order of their keys, then writes what changed into the store. */
  async settle(beforeMs: number): Promise<readonly { readonly key: string; readonly waiting: WaitingRow }[]> {
    this.#indexChanges();
    const due = this.#index.due.takeUpTo(beforeMs - 1);
    for (const name of due) if (!this.#open.has(name)) this.#requested.add(name);
    await this.fetch();
    const taken: { key: string; waiting: WaitingRow }[] = [];
    for (const name of due) {
      const key = name.slice(name.indexOf(' ') + 1);
      const bucket = this.#changing(name);
      const kept = bucket.findIndex(({ timeMs }) => timeMs >= beforeMs);
      for (const waiting of bucket.splice(0, kept < 0 ? bucket.length : kept)) taken.push({ key, waiting });
    }
    this.#indexChanges();
    this.#index.rows -= taken.length;
    for (const [name, { rows, changed }] of this.#open) {
      if (!changed) continue;
      if (rows.length === 0) this.#store.remove(name);
      else this.#store.put(name, rows);
    }
    return taken.sort(
      (a, b) => a.waiting.timeMs - b.waiting.timeMs || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
    );
  }

  #indexChanges(): void {
    for (const [name, { rows, changed }] of this.#open) {
      if (changed) this.#index.due.set(name, rows[0]?.timeMs);
    }
  }

  #bucket(name: string): OpenBucket {
    const bucket = this.#open.get(name);
    if (bucket === undefined) throw new TypeError(`bucket "${name}" was not requested`);
    return bucket;
  }

  #changing(name: string): WaitingRow[] {
    const bucket = this.#bucket(name);
    if (!bucket.changed) {
      bucket.rows = [...bucket.rows];
      bucket.changed = true;
    }
    return bucket.rows;
  }

  #startOf(timeMs: number): number {
    return Math.floor(timeMs / this.#bucketMs) * this.#bucketMs;
  }
}

const bucketKey = (startMs: number, key: string): string => `${startMs} ${key}`;
