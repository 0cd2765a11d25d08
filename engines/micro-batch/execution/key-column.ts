import { type ColumnBatch, TextIds, type Texts } from '../columnar/index.ts';
import type { KeyPlan } from '../plan/index.ts';

export interface KeyColumn {
  readonly ids: Int32Array;
  readonly texts: Texts;
}

/**
 * The key of each row as an id: the dictionary's own for texts, one made here for numbers, a single one without a
 * key.
 */
export function keyColumn(batch: ColumnBatch, key: KeyPlan | undefined): KeyColumn {
  const texts = new TextIds();
  if (key === undefined) {
    texts.id('');
    return { ids: new Int32Array(batch.rowCount), texts };
  }
  const column = batch.column(key.field);
  if (column.kind === 'text') return { ids: column.ids, texts: column.texts };
  const ids = new Int32Array(batch.rowCount);
  for (let row = 0; row < batch.rowCount; row++) ids[row] = texts.id(String(column.values[row]));
  return { ids, texts };
}

/** A key as its field's type. */
export function keyValue(text: string, key: KeyPlan): string | number {
  return key.type === 'utf8' ? text : Number(text);
}
