import { isUtf8 } from 'node:buffer';
import type { RecordBatch } from '../../kafka/index.ts';
import { assembleLog, type RecordedLog, TOPIC_PREFIX } from '../../workloads/index.ts';
import { recordErrors } from './errors.ts';
import { type Anonymisation, Pseudonyms } from './pseudonyms.ts';

/** Values start at 32-bit offsets. */
const MOST_VALUE_BYTES = 2 ** 32 - 1;

interface Entry {
  readonly partition: number;
  readonly key: number;
  readonly value: Uint8Array;
  /** The latest timestamp of its partition so far, milliseconds: broker and clients may step back, a partition's order may not. */
  readonly atMs: number;
}

/** What a recording left out or changed, for the reader. */
export interface RecordingCounts {
  /** Records without a value (tombstones), left out: there is nothing to process in them. */
  readonly withoutValue: number;
  /** Records without a key, kept under an empty one. */
  readonly withoutKey: number;
  /** Records that are no JSON, left out where fields are to be hidden. */
  readonly notHidden: number;
}

/** Gathers the records of a topic, and makes a log of them. */
export class Recording {
  readonly #topic: string;
  readonly #partitions: number;
  readonly #pseudonyms: Pseudonyms | undefined;
  readonly #hideKeys: boolean;
  readonly #keys = new Map<string, number>();
  readonly #entries: Entry[] = [];
  readonly #latestMs: number[];
  readonly #kept: number[];
  #valueBytes = 0;
  #withoutValue = 0;
  #withoutKey = 0;
  #notHidden = 0;

  constructor(topic: string, partitions: number, anonymisation: Anonymisation | undefined) {
    this.#topic = topic;
    this.#partitions = partitions;
    this.#pseudonyms = anonymisation && new Pseudonyms(anonymisation);
    this.#hideKeys = anonymisation?.keys ?? false;
    this.#latestMs = new Array<number>(partitions).fill(Number.NEGATIVE_INFINITY);
    this.#kept = new Array<number>(partitions).fill(0);
  }

  get records(): number {
    return this.#entries.length;
  }

  recordsOf(partition: number): number {
    return this.#kept[partition] as number;
  }

  get counts(): RecordingCounts {
    return {
      withoutValue: this.#withoutValue,
      withoutKey: this.#withoutKey,
      notHidden: this.#notHidden,
    };
  }

  /**
   * Copies the records below the offset.
   *
   * @throws RECORD_KEY_NO_TEXT or RECORD_TOO_LARGE
   */
  add(partition: number, batch: RecordBatch, endOffset: number): void {
    for (let index = 0; index < batch.count; index += 1) {
      if ((batch.offsets[index] as number) >= endOffset) return;
      this.#addOne(partition, batch, index);
    }
  }

  /**
   * The records in order of their timestamps, ties by partition; within a partition in its own order. The first is due at 0.
   *
   * @param most keeps the first so many
   * @throws RECORD_NOTHING
   */
  finish(most: number): RecordedLog {
    const topic = this.#topic;
    // Sorting is stable, and an entry is never before an earlier one of its partition.
    const entries = this.#entries
      .sort((left, right) => left.atMs - right.atMs || left.partition - right.partition)
      .slice(0, most);
    const firstMs = entries[0]?.atMs;
    if (firstMs === undefined) throw recordErrors.error('RECORD_NOTHING', { topic });
    return assembleLog({
      workload: `${TOPIC_PREFIX}${topic}`,
      partitions: this.#partitions,
      keys: [...this.#keys.keys()],
      records: entries.map(({ partition, key, value, atMs }) => ({
        partition,
        key,
        value,
        dueUs: (atMs - firstMs) * 1_000,
      })),
    });
  }

  #addOne(partition: number, batch: RecordBatch, index: number): void {
    const { buffer, valueStart, valueEnd, timestampsMs } = batch;
    const start = valueStart[index] as number;
    if (start < 0) {
      this.#withoutValue += 1;
      return;
    }
    const stored = buffer.subarray(start, valueEnd[index]);
    const value = this.#pseudonyms === undefined ? stored : this.#pseudonyms.ofValue(stored);
    if (value === undefined) {
      this.#notHidden += 1;
      return;
    }
    const key = this.#keyOf(partition, batch, index);
    const atMs = Math.max(this.#latestMs[partition] as number, timestampsMs[index] as number);
    this.#valueBytes += value.length;
    if (this.#valueBytes > MOST_VALUE_BYTES) {
      throw recordErrors.error('RECORD_TOO_LARGE', { most: `${MOST_VALUE_BYTES} bytes` });
    }
    this.#latestMs[partition] = atMs;
    this.#kept[partition] = this.recordsOf(partition) + 1;
    // A copy: the fetched buffer would stay in memory for one record.
    this.#entries.push({ partition, key, value: Uint8Array.from(value), atMs });
  }

  #keyOf(partition: number, { buffer, keyStart, keyEnd, offsets }: RecordBatch, index: number): number {
    const start = keyStart[index] as number;
    if (start < 0) this.#withoutKey += 1;
    const bytes = start < 0 ? buffer.subarray(0, 0) : buffer.subarray(start, keyEnd[index]);
    const text = this.#hideKeys && start >= 0 ? this.#pseudonyms?.ofKey(bytes) : undefined;
    if (text === undefined && !isUtf8(bytes)) {
      const offset = offsets[index] as number;
      throw recordErrors.error('RECORD_KEY_NO_TEXT', { topic: this.#topic, partition, offset });
    }
    const name = text ?? bytes.toString('utf8');
    const key = this.#keys.get(name) ?? this.#keys.size;
    this.#keys.set(name, key);
    return key;
  }
}
