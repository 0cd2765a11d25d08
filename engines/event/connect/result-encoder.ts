import type { FieldType, Row, Schema } from '../../pipeline/index.ts';

interface ResultField {
  readonly name: string;
  /** What stands before the value. */
  readonly prefix: Buffer;
  readonly isText: boolean;
}

/** A number, or a quoted text without its characters, at its longest. */
const VALUE_BYTES = 32;
/** Of a UTF-16 unit in JSON: \uXXXX. */
const MAX_ESCAPED_BYTES = 6;
/** Views that are kept, by their length. */
const KEPT_VIEWS = 4_096;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DIGIT_0 = 0x30;
const MINUS = 0x2d;
const CLOSE_BRACE = 0x7d;
const BILLION = 1_000_000_000;

/**
 * Makes the JSON of result rows, as UTF-8: the schema's fields in order, each value as JSON.stringify writes it. Whole numbers and plain ASCII, which is nearly
 * all there is, go in without a string in between.
 */
export class ResultEncoder {
  readonly #fields: readonly ResultField[];
  #bytes = Buffer.allocUnsafeSlow(1_024);
  #views: Uint8Array[] = [];

  constructor(schema: Schema) {
    this.#fields = Object.entries(schema).map(([name, type], index) => ({
      name,
      prefix: Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`),
      isText: isText(type),
    }));
  }

  /** @returns bytes that are valid until the next call */
  encode(row: Row): Uint8Array {
    const fields = this.#fields;
    if (fields.length === 0) return EMPTY_OBJECT;
    let at = 0;
    for (let index = 0; index < fields.length; index++) {
      const { name, prefix, isText } = fields[index] as ResultField;
      const value = row[name] as string | number;
      const textBytes = isText ? (value as string).length * MAX_ESCAPED_BYTES : 0;
      this.#reserve(at, prefix.length + textBytes + VALUE_BYTES);
      const bytes = this.#bytes;
      for (let each = 0; each < prefix.length; each++) bytes[at++] = prefix[each] as number;
      at = isText ? writeText(bytes, value as string, at) : writeNumber(bytes, value as number, at);
    }
    this.#bytes[at++] = CLOSE_BRACE;
    return this.#view(at);
  }

  /** The first bytes. A view is as dear as all that stands in it, so those of usual lengths are kept. */
  #view(length: number): Uint8Array {
    const known = this.#views[length];
    if (known !== undefined) return known;
    const view = this.#bytes.subarray(0, length);
    if (length < KEPT_VIEWS) this.#views[length] = view;
    return view;
  }

  #reserve(at: number, count: number): void {
    if (at + count < this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (at + count));
    this.#bytes.copy(larger, 0, 0, at);
    this.#bytes = larger;
    this.#views = [];
  }
}

const EMPTY_OBJECT = Buffer.from('{}');

function isText(type: FieldType): boolean {
  return type === 'utf8';
}

function writeText(bytes: Buffer, text: string, start: number): number {
  let at = start;
  bytes[at++] = QUOTE;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) {
      return start + bytes.write(JSON.stringify(text), start);
    }
    bytes[at++] = code;
  }
  bytes[at++] = QUOTE;
  return at;
}

/** JSON has no word for what is not finite. */
function writeNumber(bytes: Buffer, value: number, at: number): number {
  if (!Number.isSafeInteger(value)) {
    return at + bytes.write(Number.isFinite(value) ? String(value) : 'null', at, 'latin1');
  }
  let start = at;
  if (value < 0) bytes[start++] = MINUS;
  const whole = Math.abs(value);
  if (whole < BILLION) return writeDigits(bytes, whole, digitsOf(whole), start);
  const billions = Math.floor(whole / BILLION);
  const end = writeDigits(bytes, billions, digitsOf(billions), start);
  return writeDigits(bytes, whole - billions * BILLION, 9, end);
}

/** Below 2^31. */
function writeDigits(bytes: Buffer, value: number, digits: number, start: number): number {
  let rest = value;
  for (let at = start + digits - 1; at >= start; at--) {
    const tenth = (rest / 10) | 0;
    bytes[at] = DIGIT_0 + rest - 10 * tenth;
    rest = tenth;
  }
  return start + digits;
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let bound = 10; bound <= value; bound *= 10) digits++;
  return digits;
}
