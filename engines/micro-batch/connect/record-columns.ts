import type { RecordBatch } from '../../../kafka/index.ts';
import { compileFieldScanner, type FieldScanner, StringDictionary } from '../../pipeline/decode/index.ts';
import { type FieldCondition, fieldsOfCondition, type Schema } from '../../pipeline/index.ts';
import { type Column, ColumnBatch } from '../columnar/index.ts';
import type { DeadLetter } from '../execution/index.ts';
import { RecordCondition } from './record-condition.ts';

/**
 * Distinct texts of a column beyond which its dictionary is started anew with the next batch, so that it can't grow
 * without end.
 */
const DICTIONARY_LIMIT = 65_536;

/** A field that is read of each record: to keep it, or for the condition only. */
interface ReadColumn {
  readonly name: string;
  readonly isText: boolean;
  readonly isKept: boolean;
}

/**
 * Turns records into columns: one pass over the bytes, numbers into typed arrays, texts into dictionary ids, no
 * object a record. What is no row of the schema becomes a dead letter; a row that does not meet the condition is
 * checked as any other, and counted.
 */
export class RecordColumns {
  readonly #scanner: FieldScanner;
  readonly #columns: readonly ReadColumn[];
  readonly #condition: RecordCondition | undefined;
  #dictionaries: (StringDictionary | undefined)[];

  /** @param names columns to keep, in order; the other fields of the schema are checked only */
  constructor(schema: Schema, names: readonly string[], condition?: FieldCondition) {
    const tested = condition === undefined ? [] : fieldsOfCondition(condition);
    const read = [...new Set([...names, ...tested])];
    const isText = read.map((name) => schema[name] === 'utf8');
    this.#scanner = compileFieldScanner(schema, read);
    this.#columns = read.map((name, index) => ({
      name,
      isText: isText[index] as boolean,
      isKept: index < names.length,
    }));
    this.#condition = condition && new RecordCondition(condition, read, isText);
    this.#dictionaries = this.#columns.map(() => undefined);
  }

  /** Call before each batch: ids are shared by the partitions of a batch. */
  beginBatch(): void {
    this.#dictionaries = this.#columns.map(({ isText }, index) => {
      const known = this.#dictionaries[index];
      if (!isText) return undefined;
      return known === undefined || known.size > DICTIONARY_LIMIT ? new StringDictionary() : known;
    });
  }

  /** The columns of one partition, for at most `capacity` records. */
  open(capacity: number): PartitionColumns {
    return new PartitionColumns(this.#scanner, this.#columns, this.#condition, this.#dictionaries, capacity);
  }
}

/** The rows of one partition in one batch, while they are read. */
export class PartitionColumns {
  readonly deadLetters: DeadLetter[] = [];
  readonly #scanner: FieldScanner;
  readonly #names: readonly string[];
  readonly #condition: RecordCondition | undefined;
  /** Of the texts of one record that the condition looks at, by column. */
  readonly #testedIds: Int32Array;
  readonly #dictionaries: readonly (StringDictionary | undefined)[];
  readonly #numbers: readonly (Float64Array | undefined)[];
  readonly #ids: readonly (Int32Array | undefined)[];
  #rowCount = 0;
  #filteredRows = 0;

  constructor(
    scanner: FieldScanner,
    columns: readonly ReadColumn[],
    condition: RecordCondition | undefined,
    dictionaries: readonly (StringDictionary | undefined)[],
    capacity: number,
  ) {
    const kept = columns.filter(({ isKept }) => isKept);
    this.#scanner = scanner;
    this.#names = kept.map(({ name }) => name);
    this.#condition = condition;
    this.#testedIds = new Int32Array(columns.length);
    this.#dictionaries = dictionaries;
    this.#numbers = kept.map(({ isText }) => (isText ? undefined : new Float64Array(capacity)));
    this.#ids = kept.map(({ isText }) => (isText ? new Int32Array(capacity) : undefined));
  }

  /** Rows that did not meet the condition. */
  get filteredRows(): number {
    return this.#filteredRows;
  }

  /** Takes records [from, to) of a batch. */
  append(batch: RecordBatch, from: number, to: number): void {
    const scanner = this.#scanner;
    const { buffer, valueStart, valueEnd } = batch;
    const columns = this.#names.length;
    for (let index = from; index < to; index++) {
      const start = valueStart[index] as number;
      if (start < 0 || !scanner.scan(buffer, start, valueEnd[index] as number)) {
        this.deadLetters.push(deadLetter(batch, index));
        continue;
      }
      if (this.#condition !== undefined && !this.#meets(this.#condition)) {
        this.#filteredRows++;
        continue;
      }
      const row = this.#rowCount++;
      for (let column = 0; column < columns; column++) {
        const numbers = this.#numbers[column];
        if (numbers !== undefined) {
          numbers[row] = scanner.numbers[column] as number;
        } else {
          (this.#ids[column] as Int32Array)[row] = (this.#dictionaries[column] as StringDictionary).idOf(
            scanner.textSource,
            scanner.textStart[column] as number,
            scanner.textEnd[column] as number,
          );
        }
      }
    }
  }

  /** Whether the record just scanned meets the condition. */
  #meets(condition: RecordCondition): boolean {
    const { textSource, textStart, textEnd } = this.#scanner;
    for (const column of condition.textColumns) {
      this.#testedIds[column] = (this.#dictionaries[column] as StringDictionary).idOf(
        textSource,
        textStart[column] as number,
        textEnd[column] as number,
      );
    }
    return condition.meets(this.#scanner, this.#testedIds, this.#dictionaries);
  }

  finish(): ColumnBatch {
    const columns = new Map<string, Column>();
    this.#names.forEach((name, index) => {
      const values = this.#numbers[index];
      const ids = this.#ids[index];
      const texts = this.#dictionaries[index];
      if (values !== undefined) columns.set(name, { kind: 'number', values });
      else if (ids !== undefined && texts !== undefined) columns.set(name, { kind: 'text', ids, texts });
    });
    return new ColumnBatch(this.#rowCount, columns);
  }
}

/** Copies, since the record's bytes lie in a buffer that is much larger than it. */
function deadLetter(batch: RecordBatch, index: number): DeadLetter {
  const copy = (start: number, end: number) =>
    start < 0 ? null : Buffer.from(batch.buffer.subarray(start, end));
  return {
    key: copy(batch.keyStart[index] as number, batch.keyEnd[index] as number),
    value: copy(batch.valueStart[index] as number, batch.valueEnd[index] as number),
  };
}
