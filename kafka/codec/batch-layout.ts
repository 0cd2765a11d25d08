/**
 * Record batch of magic 2, byte positions from its start (Kafka's DefaultRecordBatch):
 * base offset int64, length int32, leader epoch int32, magic int8, CRC uint32, attributes int16, last offset delta int32,
 * base timestamp int64, maximum timestamp int64, producer id int64, producer epoch int16, base sequence int32, count int32,
 * then the records.
 */
export const AT = {
  baseOffset: 0,
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
  records: 61,
} as const;

/** Bytes before the ones that `length` counts. */
export const LENGTH_COUNTS_FROM = 12;
export const MAGIC = 2;

export const ATTRIBUTE = {
  compressionMask: 0x07,
  logAppendTime: 0x08,
  transactional: 0x10,
  control: 0x20,
} as const;

/** Type of a control record, the second int16 of its key (Kafka's ControlRecordType). */
export const CONTROL_TYPE_ABORT = 0;

const TWO_TO_32 = 2 ** 32;

/** Big-endian int64 as a number: exact up to 2^53, which offsets, timestamps and producer ids never pass. */
export function readInt64(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at) * TWO_TO_32 + buffer.readUInt32BE(at + 4);
}

/** Writes a safe integer as a big-endian int64. */
export function writeInt64(buffer: Buffer, value: number, at: number): void {
  buffer.writeInt32BE(Math.floor(value / TWO_TO_32), at);
  buffer.writeUInt32BE(value - Math.floor(value / TWO_TO_32) * TWO_TO_32, at + 4);
}
