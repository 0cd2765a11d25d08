import { kafkaErrors } from '../errors.ts';
import type { RecordBatch } from '../port/index.ts';
import { type AbortedTransaction, AbortedTransactionFilter } from './aborted-transactions.ts';
import { AT, ATTRIBUTE, CONTROL_TYPE_ABORT, LENGTH_COUNTS_FROM, MAGIC, readInt64 } from './batch-layout.ts';
import { ColumnarBatch } from './columnar-batch.ts';
import { crc32c } from './crc32c.ts';
import { decompress } from './decompress.ts';
import { VarintReader } from './varint.ts';

export interface DecodeRequest {
  /** Records below it are left out: a fetch returns the whole batch that holds the asked offset. */
  readonly fromOffset: number;
  /** For read-committed: the list of the fetch response. Leave it out to see aborted records too. */
  readonly abortedTransactions?: readonly AbortedTransaction[];
}

export interface DecodedRecords {
  /** In offset order, none empty. */
  readonly batches: RecordBatch[];
  /** Behind the last whole batch, also when that held only control or aborted records. */
  readonly nextOffset: number;
}

/**
 * Decodes the record bytes of one partition of a fetch response, `buffer` from `start` to `end`. Each batch's CRC is checked.
 * Neighbouring uncompressed batches become one RecordBatch over `buffer`, without copying; a compressed one is unpacked into
 * a buffer of its own. Control batches are left out, and a batch cut short at the end is left for the next fetch.
 *
 * Fails with KAFKA_BATCH_CORRUPT, KAFKA_MESSAGE_FORMAT_UNSUPPORTED (magic 0 and 1) or KAFKA_COMPRESSION_UNSUPPORTED.
 */
export function decodeRecords(
  buffer: Buffer,
  start: number,
  end: number,
  request: DecodeRequest,
): DecodedRecords {
  const decoder = new Decoder(buffer, request);
  return decoder.decode(start, end);
}

class Decoder {
  readonly #buffer: Buffer;
  readonly #fromOffset: number;
  readonly #filter: AbortedTransactionFilter | undefined;
  readonly #batches: RecordBatch[] = [];
  /** Starts of uncompressed batches not yet decoded, and the records they hold. */
  #run: number[] = [];
  #runRecords = 0;

  constructor(buffer: Buffer, { fromOffset, abortedTransactions }: DecodeRequest) {
    this.#buffer = buffer;
    this.#fromOffset = fromOffset;
    this.#filter = abortedTransactions?.length
      ? new AbortedTransactionFilter(abortedTransactions)
      : undefined;
  }

  decode(start: number, end: number): DecodedRecords {
    const buffer = this.#buffer;
    let nextOffset = this.#fromOffset;
    let at = start;
    while (end - at > AT.magic) {
      this.#checkMagic(at);
      const batchEnd = at + LENGTH_COUNTS_FROM + buffer.readInt32BE(at + AT.length);
      if (batchEnd > end) break;
      if (batchEnd < at + AT.records) throw this.#corrupt(at, 'its length is impossible');
      if (crc32c(buffer, at + AT.attributes, batchEnd) !== buffer.readUInt32BE(at + AT.crc)) {
        throw this.#corrupt(at, 'its CRC does not match');
      }
      const lastOffset = readInt64(buffer, at) + buffer.readInt32BE(at + AT.lastOffsetDelta);
      if (lastOffset >= this.#fromOffset) {
        if (this.#isVisible(at, lastOffset)) this.#take(at, batchEnd);
        nextOffset = lastOffset + 1;
      }
      at = batchEnd;
    }
    this.#flushRun();
    return { batches: this.#batches, nextOffset };
  }

  #checkMagic(at: number): void {
    const magic = this.#buffer[at + AT.magic] as number;
    if (magic === MAGIC) return;
    if (magic < MAGIC) {
      throw kafkaErrors.error('KAFKA_MESSAGE_FORMAT_UNSUPPORTED', {
        magic,
        offset: readInt64(this.#buffer, at),
      });
    }
    throw this.#corrupt(at, `its format ${magic} is unknown`);
  }

  #isVisible(at: number, lastOffset: number): boolean {
    const attributes = this.#buffer.readInt16BE(at + AT.attributes);
    const isControl = (attributes & ATTRIBUTE.control) !== 0;
    if (this.#filter === undefined) return !isControl;
    const producerId = readInt64(this.#buffer, at + AT.producerId);
    this.#filter.advanceTo(lastOffset);
    if (isControl) {
      if (this.#isAbortMarker(at)) this.#filter.endOf(producerId);
      return false;
    }
    return (attributes & ATTRIBUTE.transactional) === 0 || !this.#filter.isAborted(producerId);
  }

  /** A control record's key is two int16: version and type. */
  #isAbortMarker(at: number): boolean {
    if (this.#buffer.readInt32BE(at + AT.count) === 0) return false;
    const reader = new VarintReader(this.#buffer);
    reader.position = at + AT.records;
    reader.int32();
    reader.position++;
    reader.int64();
    reader.int32();
    const keyLength = reader.int32();
    return keyLength >= 4 && this.#buffer.readInt16BE(reader.position + 2) === CONTROL_TYPE_ABORT;
  }

  #take(at: number, batchEnd: number): void {
    const buffer = this.#buffer;
    const count = buffer.readInt32BE(at + AT.count);
    if (count < 0) throw this.#corrupt(at, 'its number of records is negative');
    const codec = buffer.readInt16BE(at + AT.attributes) & ATTRIBUTE.compressionMask;
    if (codec === 0) {
      if (count > batchEnd - at) throw this.#corrupt(at, 'its number of records is impossible');
      this.#run.push(at);
      this.#runRecords += count;
      return;
    }
    this.#flushRun();
    const records = decompress(codec, buffer.subarray(at + AT.records, batchEnd), readInt64(buffer, at));
    if (count > records.length) throw this.#corrupt(at, 'its number of records is impossible');
    const batch = new ColumnarBatch(records, count);
    this.#readRecords(batch, new VarintReader(records), at, 0, records.length);
    if (batch.count > 0) this.#batches.push(batch);
  }

  #flushRun(): void {
    const buffer = this.#buffer;
    if (this.#runRecords > 0) {
      const batch = new ColumnarBatch(buffer, this.#runRecords);
      const reader = new VarintReader(buffer);
      for (const at of this.#run) {
        const batchEnd = at + LENGTH_COUNTS_FROM + buffer.readInt32BE(at + AT.length);
        this.#readRecords(batch, reader, at, at + AT.records, batchEnd);
      }
      if (batch.count > 0) this.#batches.push(batch);
    }
    this.#run = [];
    this.#runRecords = 0;
  }

  /** Appends to `into` the records of the batch whose header is at `at`; its records lie in the reader's bytes. */
  #readRecords(into: ColumnarBatch, reader: VarintReader, at: number, start: number, end: number): void {
    const header = this.#buffer;
    const count = header.readInt32BE(at + AT.count);
    const baseOffset = readInt64(header, at);
    const usesAppendTime = (header.readInt16BE(at + AT.attributes) & ATTRIBUTE.logAppendTime) !== 0;
    const baseTimestampMs = readInt64(header, at + (usesAppendTime ? AT.maxTimestamp : AT.baseTimestamp));
    const { offsets, timestampsMs, keyStart, keyEnd, valueStart, valueEnd } = into;
    const fromOffset = this.#fromOffset;
    let row = into.count;
    reader.position = start;
    for (let index = 0; index < count; index++) {
      const length = reader.int32();
      const recordEnd = reader.position + length;
      reader.position++;
      const timestampDelta = reader.int64();
      const offset = baseOffset + reader.int32();
      const keyLength = reader.int32();
      const keyAt = reader.position;
      const keyStop = keyLength < 0 ? keyAt : keyAt + keyLength;
      reader.position = keyStop;
      const valueLength = reader.int32();
      const valueAt = reader.position;
      const valueStop = valueLength < 0 ? valueAt : valueAt + valueLength;
      // Negated, so that NaN, which a malformed varint leaves, fails it too.
      if (!(valueStop < recordEnd && recordEnd <= end)) throw this.#corrupt(at, `record ${index} overruns`);
      reader.position = recordEnd;
      if (offset < fromOffset) continue;
      offsets[row] = offset;
      timestampsMs[row] = usesAppendTime ? baseTimestampMs : baseTimestampMs + timestampDelta;
      keyStart[row] = keyLength < 0 ? -1 : keyAt;
      keyEnd[row] = keyStop;
      valueStart[row] = valueLength < 0 ? -1 : valueAt;
      valueEnd[row] = valueStop;
      row++;
    }
    if (reader.position !== end) throw this.#corrupt(at, 'bytes are left over behind its last record');
    into.count = row;
  }

  #corrupt(at: number, reason: string): Error {
    return kafkaErrors.error('KAFKA_BATCH_CORRUPT', { offset: readInt64(this.#buffer, at), reason });
  }
}
