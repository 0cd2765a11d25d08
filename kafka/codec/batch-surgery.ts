import { AT, writeInt64 } from './batch-layout.ts';
import { BatchWriter } from './batch-writer.ts';
import { crc32c } from './crc32c.ts';

/** What a broker does to a batch, and what tests need to make one as it comes from a broker. */
export interface BatchChange {
  readonly baseOffset?: number;
  readonly attributes?: number;
  readonly maxTimestampMs?: number;
  readonly producerId?: number;
  /** In place of the records' bytes, such as their compressed form. */
  readonly records?: Buffer;
}

/** A batch with the values, one record each, changed and with the right length and CRC again. */
export function batchOf(values: readonly string[], change: BatchChange = {}): Buffer {
  const writer = new BatchWriter();
  for (const value of values) writer.append(null, value, 1_000);
  return changed(Buffer.from(writer.finish()), change);
}

/** The batch of one control record that ends a producer's transaction. */
export function markerOf(type: 'commit' | 'abort', producerId: number, baseOffset: number): Buffer {
  const writer = new BatchWriter();
  const key = Buffer.from([0, 0, 0, type === 'commit' ? 1 : 0]);
  writer.append(key, Buffer.from([0, 0, 0, 0, 0, 0]), 1_000);
  return changed(Buffer.from(writer.finish()), { baseOffset, producerId, attributes: 0x30 });
}

function changed(whole: Buffer, change: BatchChange): Buffer {
  const batch =
    change.records === undefined ? whole : Buffer.concat([whole.subarray(0, AT.records), change.records]);
  batch.writeInt32BE(batch.length - 12, AT.length);
  if (change.baseOffset !== undefined) writeInt64(batch, change.baseOffset, AT.baseOffset);
  if (change.attributes !== undefined) batch.writeInt16BE(change.attributes, AT.attributes);
  if (change.maxTimestampMs !== undefined) writeInt64(batch, change.maxTimestampMs, AT.maxTimestamp);
  if (change.producerId !== undefined) writeInt64(batch, change.producerId, AT.producerId);
  batch.writeUInt32BE(crc32c(batch, AT.attributes), AT.crc);
  return batch;
}
