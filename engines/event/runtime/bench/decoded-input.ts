import type { RecordBatch } from '../../../../kafka/index.ts';
import type { Row } from '../../../pipeline/index.ts';
import { RecordDecoder } from '../../connect/index.ts';
import { DECODED } from './dataflows.ts';
import type { ScriptedInput } from './scripted-client.ts';

const FETCH_RECORDS = 4_096;
/** No multiple of any number of keys that is used here, so that a step of so many meets each of them. */
const KEY_STEP = 7_919;

/** Rows that were decoded before the clock started, over and over; the bytes they stand for are not looked at. */
export class DecodedRows extends RecordDecoder {
  readonly #rows: readonly Row[];
  #at = 0;

  constructor(keys: number) {
    super(DECODED, Object.keys(DECODED));
    this.#rows = Array.from({ length: keys }, (_, index) => ({
      shop: `shop-${String((index * KEY_STEP) % keys).padStart(4, '0')}`,
      amount: (index % 100) + 1,
    }));
  }

  override decode(): boolean {
    return true;
  }

  override row(): Row {
    const row = this.#rows[this.#at] as Row;
    this.#at = this.#at + 1 === this.#rows.length ? 0 : this.#at + 1;
    return row;
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
