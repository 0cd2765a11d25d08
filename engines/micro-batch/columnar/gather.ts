import { type Column, ColumnBatch } from './column-batch.ts';
import { TextIds } from './texts.ts';

/** All rows of batches that have the same columns, as one batch. */
export function gather(batches: readonly ColumnBatch[]): ColumnBatch {
  const rowCount = batches.reduce((total, batch) => total + batch.rowCount, 0);
  const columns = new Map<string, Column>();
  for (const name of batches[0]?.names() ?? []) {
    columns.set(
      name,
      gatherColumn(
        batches.map((batch) => batch.column(name)),
        rowCount,
      ),
    );
  }
  return new ColumnBatch(rowCount, columns);
}

function gatherColumn(parts: readonly Column[], rowCount: number): Column {
  if (parts.every((part) => part.kind === 'number')) {
    const values = new Float64Array(rowCount);
    let at = 0;
    for (const part of parts) {
      values.set(part.values, at);
      at += part.values.length;
    }
    return { kind: 'number', values };
  }
  const texts = new TextIds();
  const ids = new Int32Array(rowCount);
  let at = 0;
  for (const part of parts) {
    if (part.kind === 'number') continue;
    for (const id of part.ids) ids[at++] = texts.id(part.texts.text(id));
  }
  return { kind: 'text', ids, texts };
}
