import type { FieldType, Schema } from '../dataflow/index.ts';

/** Where `ParsedFields` puts what it found. */
interface FieldArrays {
  readonly numbers: Float64Array;
  readonly textStart: Int32Array;
  readonly textEnd: Int32Array;
}

/** The slow path of the field scanner, and its definition: JSON.parse, then the check of the schema. */
export class ParsedFields {
  readonly #schema: readonly [string, FieldType][];
  readonly #wanted: readonly string[];
  readonly #into: FieldArrays;
  #scratch = Buffer.alloc(256);

  constructor(schema: Schema, wantedFields: readonly string[], into: FieldArrays) {
    this.#schema = Object.entries(schema);
    this.#wanted = wantedFields;
    this.#into = into;
  }

  /** The buffer that holds the texts, valid until the next call; undefined if the bytes are no object of the schema. */
  parse(buffer: Buffer, start: number, end: number): Buffer | undefined {
    const row = parseObject(buffer.toString('utf8', start, end));
    if (row === undefined || !this.#schema.every(([name, type]) => hasType(row, name, type)))
      return undefined;
    let used = 0;
    for (const [index, name] of this.#wanted.entries()) {
      const value = row[name];
      if (typeof value === 'string') {
        this.#into.textStart[index] = used;
        used = this.#append(value, used);
        this.#into.textEnd[index] = used;
      } else {
        this.#into.numbers[index] = value as number;
      }
    }
    return this.#scratch;
  }

  #append(text: string, at: number): number {
    const after = at + Buffer.byteLength(text);
    if (after > this.#scratch.length) {
      const grown = Buffer.alloc(after * 2);
      this.#scratch.copy(grown, 0, 0, at);
      this.#scratch = grown;
    }
    this.#scratch.write(text, at);
    return after;
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function hasType(row: Record<string, unknown>, name: string, type: FieldType): boolean {
  if (!Object.hasOwn(row, name)) return false;
  const value = row[name];
  switch (type) {
    case 'utf8':
      return typeof value === 'string';
    case 'int64':
      return Number.isSafeInteger(value);
    case 'float64':
      return Number.isFinite(value);
  }
}
