import type { KafkaAdmin, KafkaClient, PartitionReader, RecordBatch } from '../../../kafka/index.ts';
import type { FieldCondition, Schema } from '../../pipeline/index.ts';
import type { BatchSource, OffsetRange, Offsets, SourceBatch } from '../execution/index.ts';
import { type PartitionColumns, RecordColumns } from './record-columns.ts';

export interface KafkaSourceOptions {
  readonly client: KafkaClient;
  readonly topic: string;
  readonly schema: Schema;
  /** Columns to keep. */
  readonly columns: readonly string[];
  /** Rows that do not meet it are not given. */
  readonly condition: FieldCondition | undefined;
  readonly fetchMaxWaitMs: number;
  readonly fetchMaxBytes: number;
  /** Which partitions to read; offsets are of these only, in their order. All if left out. */
  readonly isRead?: ((partition: number) => boolean) | undefined;
}

/** A partition as it is read: what was fetched and not yet taken, and where the reader stands. */
interface PartitionCursor {
  readonly partition: number;
  /** Next offset to take. */
  offset: number;
  /** Next offset to fetch. */
  fetchedTo: number;
  readonly waiting: { readonly batch: RecordBatch; next: number }[];
}

/**
 * Reads offset ranges of one topic, as KafkaMicroBatchStream of Spark does. Records fetched beyond a range wait for
 * the next one.
 */
export async function openKafkaSource(options: KafkaSourceOptions): Promise<BatchSource> {
  const count = await options.client.admin.partitionCount(options.topic);
  const { isRead = () => true } = options;
  const partitions = Array.from({ length: count }, (_, partition) => partition).filter(isRead);
  const reader = await options.client.createReader({
    isolation: 'read-committed',
    maxBytes: options.fetchMaxBytes * Math.max(1, partitions.length),
    maxBytesPerPartition: options.fetchMaxBytes,
  });
  return new KafkaSource(options, reader, partitions);
}

class KafkaSource implements BatchSource {
  readonly name: string;
  readonly #admin: KafkaAdmin;
  readonly #reader: PartitionReader;
  readonly #fetchMaxWaitMs: number;
  readonly #columns: RecordColumns;
  readonly #partitions: readonly number[];
  #cursors: readonly PartitionCursor[] = [];
  /** The reader's one poll, while it is under way. */
  #fetching: Promise<void> | undefined;

  constructor(options: KafkaSourceOptions, reader: PartitionReader, partitions: readonly number[]) {
    this.name = options.topic;
    this.#admin = options.client.admin;
    this.#reader = reader;
    this.#partitions = partitions;
    this.#fetchMaxWaitMs = options.fetchMaxWaitMs;
    this.#columns = new RecordColumns(options.schema, options.columns, options.condition);
  }

  async earliestOffsets(): Promise<Offsets> {
    return this.#ownOf(await this.#admin.startOffsets(this.name));
  }

  async latestOffsets(): Promise<Offsets> {
    return this.#ownOf(await this.#admin.endOffsets(this.name, 'read-committed'));
  }

  async read({ from, to }: OffsetRange): Promise<SourceBatch> {
    this.#seekUnlessAt(from);
    this.#columns.beginBatch();
    const open = this.#cursors.map((cursor, index) => {
      const end = to[index] as number;
      return { cursor, end, columns: this.#columns.open(end - cursor.offset) };
    });
    for (;;) {
      for (const { cursor, end, columns } of open) take(cursor, end, columns);
      const lacking = open.filter(({ cursor, end }) => cursor.offset < end);
      if (lacking.length === 0) break;
      for (const { cursor, end } of open) this.#fetchOnlyIf(cursor.offset < end, cursor.partition);
      await this.#fetch(this.#fetchMaxWaitMs);
    }
    return {
      partitions: open.map(({ columns }) => columns.finish()),
      deadLetters: open.flatMap(({ columns }) => columns.deadLetters),
      filteredRows: open.reduce((total, { columns }) => total + columns.filteredRows, 0),
    };
  }

  fetchAhead(from: Offsets, maxWaitMs: number): Promise<void> {
    this.#seekUnlessAt(from);
    if (this.#fetching === undefined) {
      for (const { partition } of this.#cursors) this.#fetchOnlyIf(true, partition);
    }
    return this.#fetch(maxWaitMs);
  }

  arrivedOffsets(from: Offsets): Offsets {
    this.#seekUnlessAt(from);
    return this.#cursors.map(({ fetchedTo }) => fetchedTo);
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  #seekUnlessAt(from: Offsets): void {
    if (from.some((offset, partition) => this.#cursors[partition]?.offset !== offset)) this.#seek(from);
  }

  #seek(from: Offsets): void {
    this.#cursors = from.map((offset, index) => ({
      partition: this.#partitions[index] as number,
      offset,
      fetchedTo: offset,
      waiting: [],
    }));
    this.#reader.assign(
      this.#cursors.map(({ partition, offset }) => ({ topic: this.name, partition, offset })),
    );
  }

  #ownOf(offsets: Offsets): Offsets {
    return this.#partitions.map((partition) => offsets[partition] as number);
  }

  #fetchOnlyIf(wanted: boolean, partition: number): void {
    if (wanted) this.#reader.resume(this.name, partition);
    else this.#reader.pause(this.name, partition);
  }

  async #fetch(maxWaitMs: number): Promise<void> {
    this.#fetching ??= this.#poll(maxWaitMs);
    try {
      await this.#fetching;
    } finally {
      this.#fetching = undefined;
    }
  }

  async #poll(maxWaitMs: number): Promise<void> {
    for (const { partition, batches, nextOffset } of await this.#reader.poll(maxWaitMs)) {
      const cursor = this.#cursors.find((each) => each.partition === partition) as PartitionCursor;
      for (const batch of batches) cursor.waiting.push({ batch, next: 0 });
      cursor.fetchedTo = nextOffset;
    }
    // Control records and aborted ones move the reader without giving anything.
    for (const cursor of this.#cursors) {
      cursor.fetchedTo = Math.max(cursor.fetchedTo, this.#reader.position(this.name, cursor.partition));
    }
  }
}

/** Moves waiting records below `end` into columns, and the cursor past them. */
function take(cursor: PartitionCursor, end: number, columns: PartitionColumns): void {
  while (cursor.waiting.length > 0) {
    const first = cursor.waiting[0] as PartitionCursor['waiting'][number];
    const stop = firstAtOrAbove(first.batch, end, first.next);
    columns.append(first.batch, first.next, stop);
    if (stop < first.batch.count) {
      first.next = stop;
      cursor.offset = end;
      return;
    }
    cursor.waiting.shift();
  }
  cursor.offset = Math.min(end, cursor.fetchedTo);
}

/** Index of the first record from `from` on with an offset of at least `offset`; offsets ascend, not without gaps. */
function firstAtOrAbove({ offsets, count }: RecordBatch, offset: number, from: number): number {
  let low = from;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
