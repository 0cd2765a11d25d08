import type { FetchedPartition, RecordBatch } from '../../../kafka/index.ts';

/** Fetched batches that may wait: one being worked on, one ahead. */
const FETCHES_AHEAD = 2;

/** Where an input partition stands in the job and in its topic. */
export interface PartitionPlace {
  readonly partition: number;
  readonly source: number;
  readonly topicPartition: number;
}

/** What has been fetched of one input partition and not been processed yet. The source steps through it by `batch` and `index`. */
export class PartitionInput {
  /** Among the partitions of all the job's sources. */
  readonly partition: number;
  /** Which of the job's sources it is of, and its number in that source's topic. */
  readonly source: number;
  readonly topicPartition: number;
  /** Next offset to process. */
  position: number;
  /** The batch under way, undefined when all is processed. */
  batch: RecordBatch | undefined;
  /** Next record of `batch`. */
  index = 0;
  readonly #ahead: { readonly batch: RecordBatch; readonly last: boolean }[] = [];
  #lastOfFetch = false;
  #fetches = 0;
  #nextOffset: number;

  constructor({ partition, source, topicPartition }: PartitionPlace, position: number) {
    this.partition = partition;
    this.source = source;
    this.topicPartition = topicPartition;
    this.position = position;
    this.#nextOffset = position;
  }

  /** No more should be fetched before some of this is processed. */
  get full(): boolean {
    return this.#fetches >= FETCHES_AHEAD;
  }

  add(fetched: FetchedPartition): void {
    const batches = fetched.batches.filter((batch) => batch.count > 0);
    this.#nextOffset = fetched.nextOffset;
    if (batches.length > 0) {
      this.#fetches++;
      batches.forEach((batch, index) => {
        this.#ahead.push({ batch, last: index === batches.length - 1 });
      });
    }
    if (this.batch === undefined) {
      this.nextBatch();
    }
  }

  /**
   * Goes to the next batch, and at the end of what was fetched to the offset of the next fetch, which lies behind control records.
   * @returns whether there is a batch
   */
  nextBatch(): boolean {
    if (this.batch !== undefined && this.#lastOfFetch) {
      this.#fetches--;
    }
    const next = this.#ahead.shift();
    this.batch = next?.batch;
    this.#lastOfFetch = next?.last ?? false;
    this.index = 0;
    if (next === undefined) {
      this.position = Math.max(this.position, this.#nextOffset);
    }
    return next !== undefined;
  }

  /** Gives up what was fetched and not processed. */
  discard(): void {
    this.#ahead.length = 0;
    this.batch = undefined;
    this.#fetches = 0;
  }
}
