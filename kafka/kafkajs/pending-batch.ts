import type { BatchWriter } from '../codec/index.ts';

/** Records of one partition on their way to its leader. */
export interface PendingBatch {
  readonly partition: PartitionQueue;
  readonly writer: BatchWriter;
  /** Number of the transaction it belongs to; 0 where there are none. */
  readonly transaction: number;
  /** Flushes that wait for it. */
  readonly waiters: FlushWaiter[];
}

/** What a producer holds for one partition. */
export interface PartitionQueue {
  readonly topic: string;
  readonly partition: number;
  /** The batch that takes the next record. */
  open: PendingBatch | undefined;
  /** Full batches and those of a flush, oldest first. */
  readonly sealed: PendingBatch[];
  /** Sequence number of the next record to be sent (idempotent producers). */
  nextSequence: number;
  /** The transaction that the coordinator knows the partition to belong to. */
  enlistedIn: number;
  /** The coordinator is being told. */
  isEnlisting: boolean;
}

/** Resolves when all the batches it was given are acknowledged. */
export class FlushWaiter {
  readonly promise: Promise<void>;
  #remaining = 0;
  readonly #resolve: () => void;
  readonly #reject: (error: Error) => void;

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.promise = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  waitFor(batch: PendingBatch): void {
    batch.waiters.push(this);
    this.#remaining++;
  }

  acknowledged(): void {
    if (--this.#remaining === 0) this.#resolve();
  }

  reject(error: Error): void {
    this.#reject(error);
  }
}

export interface TakeLimits {
  /** Of a request. */
  readonly maxBytes: number;
  /** Take batches that are not full as well. */
  readonly takeOpen: boolean;
  /** Undefined where there are no transactions. */
  readonly transaction: number | undefined;
}

export interface TakenBatches {
  readonly batches: readonly PendingBatch[];
  /** Partitions with batches that may not be sent before the coordinator knows of them. */
  readonly toEnlist: readonly PartitionQueue[];
}

/**
 * Takes out at most one batch of each partition, the oldest first. Batches of a later transaction stay, and those of partitions
 * that are not part of the transaction yet.
 */
export function takeBatches(
  partitions: readonly PartitionQueue[],
  { maxBytes, takeOpen, transaction }: TakeLimits,
): TakenBatches {
  const batches: PendingBatch[] = [];
  const toEnlist: PartitionQueue[] = [];
  let bytes = 0;
  for (const queue of partitions) {
    const batch = queue.sealed[0] ?? (takeOpen ? queue.open : undefined);
    if (batch === undefined || (batches.length > 0 && bytes + batch.writer.bytes > maxBytes)) continue;
    if (transaction !== undefined) {
      if (batch.transaction > transaction) continue;
      if (queue.enlistedIn !== transaction) {
        if (!queue.isEnlisting) toEnlist.push(queue);
        continue;
      }
    }
    if (queue.sealed[0] === batch) queue.sealed.shift();
    else queue.open = undefined;
    bytes += batch.writer.bytes;
    batches.push(batch);
  }
  return { batches, toEnlist };
}
