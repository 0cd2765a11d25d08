import {
  type Data,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import { arrowDictionary, type Texts } from './texts.ts';

/** Whole and floating numbers alike are doubles: int64 of a dataflow stays within 2^53 - 1. */
interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** Texts by their id in a dictionary. */
interface TextColumn {
  readonly kind: 'text';
  readonly ids: Int32Array;
  readonly texts: Texts;
}

export type Column = NumberColumn | TextColumn;

const numberType = new Float64();
const textType = new Utf8();
const idType = new Int32();

/**
 * The rows of one input partition in one batch: an Arrow record batch over typed arrays that nobody copies. Operators
 * work on the arrays; texts are read through the dictionary, once a distinct text.
 */
export class ColumnBatch {
  readonly arrow: RecordBatch;
  readonly rowCount: number;
  readonly #columns: ReadonlyMap<string, Column>;

  /** Arrays may be longer than `rowCount`; what lies beyond is no part of the batch. */
  constructor(rowCount: number, columns: ReadonlyMap<string, Column>) {
    const fields: Field[] = [];
    const children: Data[] = [];
    const trimmed = new Map<string, Column>();
    for (const [name, column] of columns) {
      if (column.kind === 'number') {
        const values = column.values.subarray(0, rowCount);
        fields.push(new Field(name, numberType, false));
        children.push(makeData({ type: numberType, length: rowCount, nullCount: 0, data: values }));
        trimmed.set(name, { kind: 'number', values });
      } else {
        const ids = column.ids.subarray(0, rowCount);
        const type = new Dictionary(textType, idType, fields.length);
        const dictionary = arrowDictionary(column.texts);
        fields.push(new Field(name, type, false));
        children.push(makeData({ type, length: rowCount, nullCount: 0, data: ids, dictionary }));
        trimmed.set(name, { kind: 'text', ids, texts: column.texts });
      }
    }
    const schema = new Schema(fields);
    const data = makeData({ type: new Struct(fields), length: rowCount, nullCount: 0, children });
    this.arrow = new RecordBatch(schema, data);
    this.rowCount = rowCount;
    this.#columns = trimmed;
  }

  /** The plan names columns of its own compilation only, so a missing one is a programming error. */
  column(name: string): Column {
    const column = this.#columns.get(name);
    if (column === undefined) throw new TypeError(`no column ${name}`);
    return column;
  }

  numbers(name: string): Float64Array {
    const column = this.column(name);
    if (column.kind !== 'number') throw new TypeError(`column ${name} holds texts`);
    return column.values;
  }

  names(): readonly string[] {
    return [...this.#columns.keys()];
  }
}
