import { type Column, ColumnBatch } from '../columnar/index.ts';
import type { TextReceiver } from './text-receiver.ts';
import type { TextSender } from './text-sender.ts';

/** A ColumnBatch on its way between threads: its arrays are transferred, its dictionaries go by number. */
export interface WireBatch {
  readonly rowCount: number;
  readonly columns: readonly WireColumn[];
}

type WireColumn =
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
  | { readonly name: string; readonly kind: 'text'; readonly ids: Int32Array; readonly dictionary: number };

/**
 * Takes a batch apart. Its arrays are gone from this thread once the message is sent.
 *
 * @param transfer is given the memory to transfer
 */
export function packBatch(batch: ColumnBatch, texts: TextSender, transfer: Set<ArrayBufferLike>): WireBatch {
  const columns = batch.names().map((name): WireColumn => {
    const column = batch.column(name);
    if (column.kind === 'number') {
      transfer.add(column.values.buffer);
      return { name, kind: 'number', values: column.values };
    }
    transfer.add(column.ids.buffer);
    return { name, kind: 'text', ids: column.ids, dictionary: texts.dictionary(column.texts) };
  });
  return { rowCount: batch.rowCount, columns };
}

/** @param texts has received the texts that came with the batch */
export function unpackBatch({ rowCount, columns }: WireBatch, texts: TextReceiver): ColumnBatch {
  return new ColumnBatch(
    rowCount,
    new Map(
      columns.map((column): [string, Column] =>
        column.kind === 'number'
          ? [column.name, { kind: 'number', values: column.values }]
          : [column.name, { kind: 'text', ids: column.ids, texts: texts.dictionary(column.dictionary) }],
      ),
    ),
  );
}
