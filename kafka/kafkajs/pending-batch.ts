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
  /** Undefined until looked up. */
  leader: number | undefined;
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
