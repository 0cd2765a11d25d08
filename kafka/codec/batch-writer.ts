import type { Bytes, Header } from '../port/index.ts';
import { AT, ATTRIBUTE, LENGTH_COUNTS_FROM, MAGIC, writeInt64 } from './batch-layout.ts';
import { crc32c } from './crc32c.ts';
import { sizeOfVarint, writeVarint, writeVarlong } from './varint.ts';

/** Who wrote a batch: for idempotent and transactional producers. */
export interface ProducerStamp {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly transactional: boolean;
}

const NO_PRODUCER: ProducerStamp = {
  producerId: -1,
  producerEpoch: -1,
  baseSequence: -1,
  transactional: false,
};

/** Varints and attributes of a record and its key and value, at their widest. */
const RECORD_OVERHEAD = 5 + 1 + 10 + 5 + 5 + 5 + 5;
/** One header's two length varints, at their widest. */
const HEADER_OVERHEAD = 10;
/** UTF-8 bytes of one UTF-16 unit, at most. */
const MAX_UTF8_BYTES = 3;
/** Up to here a loop over char codes beats the call into the runtime. */
const SHORT_TEXT = 10;

/**
 * Builds one record batch of magic 2, uncompressed, in one growing buffer. A record is written straight behind the one before;
 * text goes in without an intermediate Buffer, its length prefix guessed from the number of characters and moved when the
 * guess was wrong (which takes a character outside ASCII).
 */
export class BatchWriter {
  #buffer: Buffer;
  #end: number = AT.records;
  #count = 0;
  #baseTimestampMs = 0;
  #maxTimestampMs = 0;

  constructor(initialBytes = 4096) {
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(initialBytes, 256));
  }

  /** Records so far. */
  get count(): number {
    return this.#count;
  }

  /** Bytes so far, the batch's own header included. */
  get bytes(): number {
    return this.#end;
  }

  append(key: Bytes | null, value: Bytes | null, timestampMs: number, headers?: readonly Header[]): void {
    const worst = RECORD_OVERHEAD + worstBytes(key) + worstBytes(value) + worstHeaderBytes(headers);
    if (this.#end + worst > this.#buffer.length) this.#grow(this.#end + worst);
    if (this.#count === 0) {
      this.#baseTimestampMs = timestampMs;
      this.#maxTimestampMs = timestampMs;
    } else if (timestampMs > this.#maxTimestampMs) {
      this.#maxTimestampMs = timestampMs;
    }
    const buffer = this.#buffer;
    const start = this.#end;
    const guess = sizeOfVarint((key?.length ?? 0) + (value?.length ?? 0) + 8);
    const body = start + guess;
    buffer[body] = 0;
    let at = writeVarlong(buffer, timestampMs - this.#baseTimestampMs, body + 1);
    at = writeVarint(buffer, this.#count, at);
    at = writeBytes(buffer, key, at);
    at = writeBytes(buffer, value, at);
    at = headers === undefined ? writeVarint(buffer, 0, at) : writeHeaders(buffer, headers, at);
    this.#end = placeLength(buffer, start, guess, at);
    this.#count++;
  }

  /** Writes the batch's header and CRC and returns the whole batch: a view that is valid until `reset`. */
  finish(stamp: ProducerStamp = NO_PRODUCER): Buffer {
    const buffer = this.#buffer;
    const end = this.#end;
    writeInt64(buffer, 0, AT.baseOffset);
    buffer.writeInt32BE(end - LENGTH_COUNTS_FROM, AT.length);
    buffer.writeInt32BE(-1, AT.leaderEpoch);
    buffer[AT.magic] = MAGIC;
    buffer.writeInt16BE(stamp.transactional ? ATTRIBUTE.transactional : 0, AT.attributes);
    buffer.writeInt32BE(this.#count - 1, AT.lastOffsetDelta);
    writeInt64(buffer, this.#baseTimestampMs, AT.baseTimestamp);
    writeInt64(buffer, this.#maxTimestampMs, AT.maxTimestamp);
    writeInt64(buffer, stamp.producerId, AT.producerId);
    buffer.writeInt16BE(stamp.producerEpoch, AT.producerEpoch);
    buffer.writeInt32BE(stamp.baseSequence, AT.baseSequence);
    buffer.writeInt32BE(this.#count, AT.count);
    buffer.writeUInt32BE(crc32c(buffer, AT.attributes, end), AT.crc);
    return buffer.subarray(0, end);
  }

  /** Empties the batch; the buffer is kept for the next one. */
  reset(): void {
    this.#end = AT.records;
    this.#count = 0;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}

function worstBytes(value: Bytes | null): number {
  if (value === null) return 0;
  return typeof value === 'string' ? value.length * MAX_UTF8_BYTES : value.length;
}

function worstHeaderBytes(headers: readonly Header[] | undefined): number {
  let bytes = 0;
  for (const header of headers ?? []) {
    bytes += HEADER_OVERHEAD + header.key.length * MAX_UTF8_BYTES + worstBytes(header.value);
  }
  return bytes;
}

function writeHeaders(buffer: Buffer, headers: readonly Header[], at: number): number {
  let position = writeVarint(buffer, headers.length, at);
  for (const header of headers) {
    position = writeBytes(buffer, header.key, position);
    position = writeBytes(buffer, header.value, position);
  }
  return position;
}

/** Length varint and bytes; -1 alone for null. Returns the position behind. */
function writeBytes(buffer: Buffer, value: Bytes | null, at: number): number {
  if (value === null) return writeVarint(buffer, -1, at);
  if (typeof value !== 'string') {
    const start = writeVarint(buffer, value.length, at);
    buffer.set(value, start);
    return start + value.length;
  }
  const guess = sizeOfVarint(value.length);
  return placeLength(buffer, at, guess, writeText(buffer, value, at + guess));
}

function writeText(buffer: Buffer, text: string, at: number): number {
  const length = text.length;
  if (length > SHORT_TEXT) return at + buffer.write(text, at);
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return at + buffer.write(text, at);
    buffer[at + index] = code;
  }
  return at + length;
}

/** Writes at `start` the length of what lies from `start + guess` to `end`, moving it if the varint is not `guess` bytes wide. */
function placeLength(buffer: Buffer, start: number, guess: number, end: number): number {
  const length = end - start - guess;
  const size = sizeOfVarint(length);
  if (size !== guess) buffer.copyWithin(start + size, start + guess, end);
  writeVarint(buffer, length, start);
  return start + size + length;
}
