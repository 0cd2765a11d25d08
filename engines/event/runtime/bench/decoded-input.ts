import type { RecordBatch } from '../../../../kafka/index.ts';
import type { Row } from '../../../pipeline/index.ts';
import { RecordDecoder } from '../../connect/index.ts';
import { DECODED } from './dataflows.ts';
import type { ScriptedInput } from './scripted-client.ts';

/** Keys of the benchmark: as many as merchant-spend has by default. */
const KEYS = 1_000;
const ROWS = 4_096;
const FETCH_RECORDS = 4_096;

/** Rows that were decoded before the clock started, over and over; the bytes they stand for are not looked at. */
export class DecodedRows extends RecordDecoder {
  readonly #rows: readonly Row[] = Array.from({ length: ROWS }, (_, index) => ({
    shop: `shop-${String((index * 7_919) % KEYS).padStart(4, '0')}`,
    amount: (index % 100) + 1,
  }));
  #at = 0;

  constructor() {
    super(DECODED, Object.keys(DECODED));
  }

  override decode(): boolean {
    return true;
  }

  override row(): Row {
    this.#at = (this.#at + 1) & (ROWS - 1);
    return this.#rows[this.#at] as Row;
  }
}

const NOTHING = Buffer.alloc(0);
const ZEROS = new Int32Array(FETCH_RECORDS);
const NO_TIMES = new Float64Array(FETCH_RECORDS);

/** An input without end: there is always a whole fetch. */
export const endlessInput: ScriptedInput = {
  next: (_partition: number, offset: number): RecordBatch => ({
    buffer: NOTHING,
    count: FETCH_RECORDS,
    valueStart: ZEROS,
    valueEnd: ZEROS,
    keyStart: ZEROS,
    keyEnd: ZEROS,
    offsets: Float64Array.from({ length: FETCH_RECORDS }, (_, index) => offset + index),
    timestampsMs: NO_TIMES,
    headers: () => [],
  }),
};
