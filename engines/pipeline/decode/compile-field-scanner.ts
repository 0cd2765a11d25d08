import type { Schema } from '../dataflow/index.ts';
import { CLOSE_BRACE, COLON, COMMA, ENDS_TEXT, OPEN_BRACE, QUOTE, skipSpace } from './ascii.ts';
import type { FieldScanner } from './field-scanner.ts';
import { ParsedFields } from './parsed-fields.ts';
import { scanLiteral, scanNumber, scanText, UNUSUAL } from './scan-values.ts';

/** Each field of the schema is a bit of a number. */
const MAX_FAST_FIELDS = 31;

/**
 * Makes a scanner for flat JSON objects of the schema. Usual records are read from their bytes in one pass, best when the fields come in
 * the order of the schema; escapes, exponents, long numbers, nested values, bytes that are no UTF-8, and whatever is wrong go through JSON.parse.
 *
 * Text is compared and kept as UTF-8, so a lone surrogate (which JSON can escape and UTF-8 cannot hold) reads as U+FFFD.
 *
 * @param wantedFields fields whose values are to be kept; each must be in the schema.
 */
export function compileFieldScanner(schema: Schema, wantedFields: readonly string[]): FieldScanner {
  return new ByteFieldScanner(schema, wantedFields);
}

/** The fields of the schema as the fast path wants them, one entry a field. */
interface FieldTable {
  /** UTF-8 of the name with the closing quote. */
  readonly names: readonly Uint8Array[];
  readonly isText: readonly boolean[];
  readonly isWhole: readonly boolean[];
  /** Index in the result arrays; for an unwanted field the one behind the last. */
  readonly slots: Int32Array;
  readonly allSeen: number;
}

class ByteFieldScanner implements FieldScanner {
  readonly numbers: Float64Array;
  readonly textStart: Int32Array;
  readonly textEnd: Int32Array;
  textSource: Buffer = Buffer.alloc(0);
  readonly #fields: FieldTable | undefined;
  readonly #parsed: ParsedFields;

  constructor(schema: Schema, wantedFields: readonly string[]) {
    const slots = wantedFields.length + 1;
    this.numbers = new Float64Array(slots);
    this.textStart = new Int32Array(slots);
    this.textEnd = new Int32Array(slots);
    this.#fields = fieldTable(schema, wantedFields);
    this.#parsed = new ParsedFields(schema, wantedFields, this);
  }

  scan(buffer: Buffer, start: number, end: number): boolean {
    const fields = this.#fields;
    if (fields !== undefined && this.#scanBytes(fields, buffer, start, end)) {
      this.textSource = buffer;
      return true;
    }
    const scratch = this.#parsed.parse(buffer, start, end);
    if (scratch === undefined) return false;
    this.textSource = scratch;
    return true;
  }

  /** True only where JSON.parse and the check of the schema say the same; false means that they have to be asked. */
  #scanBytes(fields: FieldTable, buffer: Buffer, start: number, end: number): boolean {
    const { names, isText, isWhole, slots } = fields;
    let position = skipSpace(buffer, start, end);
    if (position >= end || buffer[position] !== OPEN_BRACE) return false;
    position = skipSpace(buffer, position + 1, end);
    let expected = 0;
    let seen = 0;
    while (position < end && buffer[position] === QUOTE) {
      const nameAt = position + 1;
      const field = findField(names, expected, buffer, nameAt, end);
      const nameEnd =
        field < 0 ? scanText(buffer, nameAt, end) : nameAt + (names[field] as Uint8Array).length - 1;
      if (nameEnd === UNUSUAL) return false;
      position = skipSpace(buffer, nameEnd + 1, end);
      if (position >= end || buffer[position] !== COLON) return false;
      position = skipSpace(buffer, position + 1, end);
      if (position >= end) return false;
      const slot = field < 0 ? this.numbers.length - 1 : (slots[field] as number);
      if (buffer[position] === QUOTE) {
        if (field >= 0 && isText[field] !== true) return false;
        const textEnd = scanText(buffer, position + 1, end);
        if (textEnd === UNUSUAL) return false;
        this.textStart[slot] = position + 1;
        this.textEnd[slot] = textEnd;
        position = textEnd + 1;
      } else if (field >= 0) {
        if (isText[field] === true) return false;
        position = scanNumber(buffer, position, end, this.numbers, slot);
        if (position === UNUSUAL) return false;
        if (isWhole[field] === true && !Number.isInteger(this.numbers[slot])) return false;
      } else {
        position = scanOther(buffer, position, end, this.numbers, slot);
        if (position === UNUSUAL) return false;
      }
      if (field >= 0) {
        seen |= 1 << field;
        expected = field + 1;
      }
      position = skipSpace(buffer, position, end);
      if (position >= end) return false;
      if (buffer[position] === CLOSE_BRACE) {
        return seen === fields.allSeen && skipSpace(buffer, position + 1, end) === end;
      }
      if (buffer[position] !== COMMA) return false;
      position = skipSpace(buffer, position + 1, end);
    }
    return false;
  }
}

/** Index of the field whose name and closing quote stand at `at`, tried first where the schema's order lets expect it; -1 if none. */
function findField(
  names: readonly Uint8Array[],
  expected: number,
  buffer: Buffer,
  at: number,
  end: number,
): number {
  if (expected < names.length && standsAt(names[expected] as Uint8Array, buffer, at, end)) return expected;
  for (let field = 0; field < names.length; field++) {
    if (standsAt(names[field] as Uint8Array, buffer, at, end)) return field;
  }
  return -1;
}

function standsAt(name: Uint8Array, buffer: Buffer, at: number, end: number): boolean {
  if (at + name.length > end) return false;
  for (let index = 0; index < name.length; index++) {
    if (buffer[at + index] !== name[index]) return false;
  }
  return true;
}

function scanOther(buffer: Buffer, at: number, end: number, numbers: Float64Array, slot: number): number {
  const after = scanNumber(buffer, at, end, numbers, slot);
  return after === UNUSUAL ? scanLiteral(buffer, at, end) : after;
}

/** Undefined where the fast path cannot be used: too many fields, or a name that JSON would have to escape. */
function fieldTable(schema: Schema, wantedFields: readonly string[]): FieldTable | undefined {
  const fields = Object.entries(schema);
  const names = fields.map(([name]) => Buffer.from(name));
  const isPlain = names.every((name) => name.every((byte) => ENDS_TEXT[byte] === 0));
  if (fields.length === 0 || fields.length > MAX_FAST_FIELDS || !isPlain) return undefined;
  return {
    names: names.map((name) => Uint8Array.from([...name, QUOTE])),
    isText: fields.map(([, type]) => type === 'utf8'),
    isWhole: fields.map(([, type]) => type === 'int64'),
    slots: Int32Array.from(fields, ([name]) => {
      const wanted = wantedFields.indexOf(name);
      return wanted < 0 ? wantedFields.length : wanted;
    }),
    allSeen: 2 ** fields.length - 1,
  };
}
