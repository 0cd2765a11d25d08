import type { Row } from '../../pipeline/index.ts';
import type { Key, KeyedStateTable, StateBackend, ValueCodec } from '../state/index.ts';

/** Rows of one key and one time, in order of arrival. */
interface Moment {
  readonly timestampMs: number;
  readonly rows: readonly Row[];
}

/** Moments in order of time. */
type Bucket = readonly Moment[];

/** Buckets are immutable, so a snapshot may share them. */
const BUCKET_CODEC: ValueCodec<Bucket> = {
  copy: (bucket) => bucket,
  write: (bucket, writer) => writer.text(JSON.stringify(bucket)),
  read: (reader) => JSON.parse(reader.text()) as Bucket,
};

/**
 * Rows of one side of a join by key and time, in buckets of time: a look at a span of time needs no more than the buckets that it touches,
 * which are known before and can be fetched. An added row costs the size of its bucket.
 */
export class RowBuffer {
  readonly #buckets: KeyedStateTable<Bucket>;
  readonly #sizeMs: number;

  constructor(state: StateBackend, name: string, bucketSizeMs: number) {
    this.#buckets = state.table(name, BUCKET_CODEC);
    this.#sizeMs = bucketSizeMs;
  }

  add(key: Key, timestampMs: number, row: Row): void {
    const start = this.#startOf(timestampMs);
    const bucket = this.#buckets.get(key, start) ?? [];
    const at = bucket.findIndex((moment) => moment.timestampMs >= timestampMs);
    const found = at < 0 ? undefined : bucket[at];
    const index = at < 0 ? bucket.length : at;
    this.#buckets.put(
      key,
      start,
      found?.timestampMs === timestampMs
        ? bucket.with(index, { timestampMs, rows: [...found.rows, row] })
        : bucket.toSpliced(index, 0, { timestampMs, rows: [row] }),
    );
  }

  removeAt(key: Key, timestampMs: number): void {
    const start = this.#startOf(timestampMs);
    const left = this.#buckets.get(key, start)?.filter((moment) => moment.timestampMs !== timestampMs) ?? [];
    if (left.length === 0) this.#buckets.remove(key, start);
    else this.#buckets.put(key, start, left);
  }

  /** Visits the rows from `fromMs` to `toMs`, both included, in order of time, then of arrival. */
  forEachWithin(
    key: Key,
    fromMs: number,
    toMs: number,
    visit: (row: Row, timestampMs: number) => void,
  ): void {
    for (let start = this.#startOf(fromMs); start <= toMs; start += this.#sizeMs) {
      for (const { timestampMs, rows } of this.#buckets.get(key, start) ?? []) {
        if (timestampMs < fromMs || timestampMs > toMs) continue;
        for (const row of rows) visit(row, timestampMs);
      }
    }
  }

  /** Inside `StateBackend.prefetch`: what `forEachWithin`, or `add` and `removeAt` between these times, is going to use. */
  request(key: Key, fromMs: number, toMs: number): void {
    for (let start = this.#startOf(fromMs); start <= toMs; start += this.#sizeMs) {
      this.#buckets.request(key, start);
    }
  }

  #startOf(timestampMs: number): number {
    return Math.floor(timestampMs / this.#sizeMs) * this.#sizeMs;
  }
}
