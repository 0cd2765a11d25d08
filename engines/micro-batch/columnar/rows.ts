import type { Row, Schema } from '../../pipeline/index.ts';
import { type Column, ColumnBatch } from './column-batch.ts';
import { TextIds } from './texts.ts';

/** Makes the row objects of a batch, for functions that need them. Fields in the order of the batch's columns. */
export function rowReader(batch: ColumnBatch): (index: number) => Row {
  const columns = batch.names().map((name) => [name, batch.column(name)] as const);
  return (index) => {
    const row: Record<string, string | number> = {};
    for (const [name, column] of columns) row[name] = valueAt(column, index);
    return row;
  };
}

/** Value of one cell. */
function valueAt(column: Column, index: number): string | number {
  return column.kind === 'number'
    ? (column.values[index] as number)
    : column.texts.text(column.ids[index] as number);
}

/** Rows as columns of a schema. */
export function columnsOfRows(rows: readonly Row[], schema: Schema): ColumnBatch {
  const columns = new Map<string, Column>();
  for (const [name, type] of Object.entries(schema)) {
    if (type === 'utf8') {
      const texts = new TextIds();
      const ids = Int32Array.from(rows, (row) => texts.id(String(row[name])));
      columns.set(name, { kind: 'text', ids, texts });
    } else {
      columns.set(name, { kind: 'number', values: Float64Array.from(rows, (row) => Number(row[name])) });
    }
  }
  return new ColumnBatch(rows.length, columns);
}

/** The rows at `indices`, in that order, with the columns of these names. */
export function takeRows(batch: ColumnBatch, indices: Int32Array, names: readonly string[]): ColumnBatch {
  const columns = new Map<string, Column>();
  for (const name of names) {
    const column = batch.column(name);
    if (column.kind === 'number') {
      const values = new Float64Array(indices.length);
      for (let i = 0; i < indices.length; i++) values[i] = column.values[indices[i] as number] as number;
      columns.set(name, { kind: 'number', values });
    } else {
      const ids = new Int32Array(indices.length);
      for (let i = 0; i < indices.length; i++) ids[i] = column.ids[indices[i] as number] as number;
      columns.set(name, { kind: 'text', ids, texts: column.texts });
    }
  }
  return new ColumnBatch(indices.length, columns);
}
