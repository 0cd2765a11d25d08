import type { Row } from '../../pipeline/index.ts';
import type { ColumnBatch } from '../columnar/index.ts';

/** Next offset of each input partition. */
export type Offsets = readonly number[];

/** Next offsets of each source, in the order of the plan (OffsetSeq of Spark). */
export type OffsetSequence = readonly Offsets[];

/** From (inclusive) and to (exclusive), per partition. */
export interface OffsetRange {
  readonly from: Offsets;
  readonly to: Offsets;
}

/** A record that is no row of the schema, unchanged. */
export interface DeadLetter {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

export interface SourceBatch {
  /** One a partition, in partition order; rows in offset order. */
  readonly partitions: readonly ColumnBatch[];
  readonly deadLetters: readonly DeadLetter[];
  /** Rows that the condition of the plan's source left out; 0 if left out. */
  readonly filteredRows?: number;
}

/** Where batches come from. The same range must give the same rows however often it is read. */
export interface BatchSource {
  /** Its name in the offset log. */
  readonly name: string;
  /** Where a pipeline that never ran begins. */
  earliestOffsets(): Promise<Offsets>;
  latestOffsets(): Promise<Offsets>;
  read(range: OffsetRange): Promise<SourceBatch>;
  /**
   * Fetches once from what is at hand beyond `from` on, for a later `read`: resolves when something has come, or after `maxWaitMs`. A fetch that is
   * under way already is waited for instead of another.
   */
  fetchAhead(from: Offsets, maxWaitMs: number): Promise<void>;
  /** Where what is at hand beyond `from` ends: `from` itself where nothing is. */
  arrivedOffsets(from: Offsets): Offsets;
  close(): Promise<void>;
}

/** A result row, under the key of the dataflow; null where it has none. */
export interface OutputRow {
  readonly key: string | number | null;
  readonly row: Row;
}

export interface BatchOutput {
  readonly batchId: number;
  /** End offsets of the batch. */
  readonly end: OffsetSequence;
  readonly rows: readonly OutputRow[];
  /** Rows that came too late, where the plan keeps them: without a key, as they are in Flink's side output. */
  readonly lateRows?: readonly OutputRow[];
  /** Of each source, in the order of the plan. */
  readonly deadLetters: readonly (readonly DeadLetter[])[];
}

/**
 * Where results go. After a crash a batch may be added again with the same id and rows; a sink that can leaves out
 * what it holds.
 */
export interface BatchSink {
  /** Resolves when the batch is visible to readers (or was already). */
  addBatch(output: BatchOutput): Promise<void>;
  close(): Promise<void>;
}
