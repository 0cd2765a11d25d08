/**
 * A run of records of one partition as columns over the bytes that came from the broker: nothing is copied, no object is made
 * per record. Index i runs from 0 to count - 1. The buffer stays valid as long as somebody holds it.
 */
export interface RecordBatch {
  readonly buffer: Buffer;
  readonly count: number;
  /** Start of each value in `buffer`; -1 for a null value. */
  readonly valueStart: Int32Array;
  readonly valueEnd: Int32Array;
  /** Start of each key in `buffer`; -1 for a null key. */
  readonly keyStart: Int32Array;
  readonly keyEnd: Int32Array;
  /** Kafka offset and timestamp (milliseconds since 1970) of each record. */
  readonly offsets: Float64Array;
  readonly timestampsMs: Float64Array;
  /** Headers of record i, decoded on demand. */
  headers(index: number): { key: string; value: Buffer | null }[];
}

/** Value of record i as text; null for a null value. */
export function valueText(batch: RecordBatch, index: number): string | null {
  const start = batch.valueStart[index] as number;
  return start < 0 ? null : batch.buffer.toString('utf8', start, batch.valueEnd[index]);
}

/** Key of record i as text; null for a null key. */
export function keyText(batch: RecordBatch, index: number): string | null {
  const start = batch.keyStart[index] as number;
  return start < 0 ? null : batch.buffer.toString('utf8', start, batch.keyEnd[index]);
}
