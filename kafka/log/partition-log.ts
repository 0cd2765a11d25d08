import type { Isolation } from '../port/index.ts';

/** One transaction of the embedded log, shared by all batches written in it. */
export interface LogTransaction {
  state: 'open' | 'committed' | 'aborted';
}

/** Batch as written, or, without bytes, the marker that ends a transaction: it takes one offset, as in Kafka. */
interface StoredBatch {
  readonly baseOffset: number;
  readonly count: number;
  readonly bytes: Buffer | undefined;
  readonly transaction: LogTransaction | undefined;
}

export interface PartitionSlice {
  readonly bytes: readonly Buffer[];
  /** Behind the last batch that was looked at, also when it was left out. */
  readonly nextOffset: number;
}

/** The records of one partition: batches in offset order, kept until the topic is deleted. */
export class PartitionLog {
  readonly #batches: StoredBatch[] = [];
  /** First offset of each open transaction; insertion order is offset order. */
  readonly #openSince = new Map<LogTransaction, number>();
  #endOffset = 0;

  /** Where readers of this isolation stop: the end of the log, or the last stable offset. */
  endOffset(isolation: Isolation): number {
    if (isolation === 'read-uncommitted') return this.#endOffset;
    for (const offset of this.#openSince.values()) return offset;
    return this.#endOffset;
  }

  /** Takes over `bytes`, one batch of Kafka's format 2, and writes its base offset into it. */
  append(bytes: Buffer, count: number, transaction?: LogTransaction): void {
    bytes.writeBigInt64BE(BigInt(this.#endOffset), 0);
    if (transaction !== undefined && !this.#openSince.has(transaction))
      this.#openSince.set(transaction, this.#endOffset);
    this.#push(count, bytes, transaction);
  }

  /** Ends a transaction that wrote to this partition. */
  appendMarker(transaction: LogTransaction): void {
    this.#openSince.delete(transaction);
    this.#push(1, undefined, transaction);
  }

  /** Whole batches from the one that holds `offset`, at least one, up to `maxBytes`. */
  read(offset: number, isolation: Isolation, maxBytes: number): PartitionSlice {
    const end = this.endOffset(isolation);
    const bytes: Buffer[] = [];
    let size = 0;
    let nextOffset = offset;
    for (let index = this.#indexOf(offset); index < this.#batches.length; index += 1) {
      const batch = this.#batches[index] as StoredBatch;
      if (batch.baseOffset >= end) break;
      if (
        batch.bytes !== undefined &&
        !(isolation === 'read-committed' && batch.transaction?.state === 'aborted')
      ) {
        if (size > 0 && size + batch.bytes.length > maxBytes) break;
        bytes.push(batch.bytes);
        size += batch.bytes.length;
      }
      nextOffset = batch.baseOffset + batch.count;
    }
    return { bytes, nextOffset };
  }

  #push(count: number, bytes: Buffer | undefined, transaction: LogTransaction | undefined): void {
    this.#batches.push({ baseOffset: this.#endOffset, count, bytes, transaction });
    this.#endOffset += count;
  }

  /** Index of the batch that holds the offset, by binary search; the number of batches at the end of the log. */
  #indexOf(offset: number): number {
    let low = 0;
    let high = this.#batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const batch = this.#batches[middle] as StoredBatch;
      if (batch.baseOffset + batch.count <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
