import type { RecordBatch } from '../port/index.ts';
import { VarintReader } from './varint.ts';

const BYTES_PER_RECORD = 4 * 4 + 2 * 8;

/** Columns over one buffer, filled by the decoder. One allocation holds all of them. */
export class ColumnarBatch implements RecordBatch {
  readonly buffer: Buffer;
  readonly offsets: Float64Array;
  readonly timestampsMs: Float64Array;
  readonly valueStart: Int32Array;
  /** Also of a null value: where the record's headers begin. */
  readonly valueEnd: Int32Array;
  readonly keyStart: Int32Array;
  readonly keyEnd: Int32Array;
  count = 0;

  constructor(buffer: Buffer, capacity: number) {
    this.buffer = buffer;
    const memory = new ArrayBuffer(capacity * BYTES_PER_RECORD);
    this.offsets = new Float64Array(memory, 0, capacity);
    this.timestampsMs = new Float64Array(memory, capacity * 8, capacity);
    this.valueStart = new Int32Array(memory, capacity * 16, capacity);
    this.valueEnd = new Int32Array(memory, capacity * 20, capacity);
    this.keyStart = new Int32Array(memory, capacity * 24, capacity);
    this.keyEnd = new Int32Array(memory, capacity * 28, capacity);
  }

  headers(index: number): { key: string; value: Buffer | null }[] {
    const reader = new VarintReader(this.buffer);
    reader.position = this.valueEnd[index] as number;
    const count = reader.int32();
    const headers: { key: string; value: Buffer | null }[] = [];
    for (let each = 0; each < count; each++) {
      const key = this.#slice(reader)?.toString('utf8') ?? '';
      headers.push({ key, value: this.#slice(reader) });
    }
    return headers;
  }

  #slice(reader: VarintReader): Buffer | null {
    const length = reader.int32();
    if (length < 0) return null;
    const start = reader.position;
    reader.position = start + length;
    return this.buffer.subarray(start, start + length);
  }
}
