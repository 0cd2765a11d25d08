import type { Row } from '../../pipeline/index.ts';
import { type ColumnBatch, rowReader } from '../columnar/index.ts';
import type { KeyPlan } from '../plan/index.ts';
import { keyColumn } from './key-column.ts';

interface GroupingOptions {
  readonly key: KeyPlan;
  /** Rows are given in ascending order of this field, ties in the order of partitions and offsets. */
  readonly orderBy: string;
  /** Rows whose field is not above the time are late and left out; undefined: no row is late. */
  readonly late: { readonly field: string; readonly watermarkMs: number } | undefined;
}

/** The rows of a batch by state partition and by key. */
export interface GroupedRows {
  readonly byStore: readonly ReadonlyMap<string, readonly Row[]>[];
  readonly lateRecords: number;
}

/** Brings the rows of each key together, for functions that are called once a key and batch. */
export function groupRows(
  partitions: readonly ColumnBatch[],
  { key, orderBy, late }: GroupingOptions,
  { stores, storeIndex }: { readonly stores: readonly unknown[]; storeIndex(key: string): number },
): GroupedRows {
  const byStore = stores.map(() => new Map<string, Row[]>());
  let lateRecords = 0;
  for (const batch of partitions) {
    const rowAt = rowReader(batch);
    const { ids, texts } = keyColumn(batch, key);
    const times = late === undefined ? undefined : batch.numbers(late.field);
    const lateMs = late?.watermarkMs ?? 0;
    const groupOf = new Map<number, Row[]>();
    for (let index = 0; index < batch.rowCount; index++) {
      if (times !== undefined && (times[index] as number) <= lateMs) {
        lateRecords++;
        continue;
      }
      const id = ids[index] as number;
      let group = groupOf.get(id);
      if (group === undefined) {
        const text = texts.text(id);
        const target = byStore[storeIndex(text)] as Map<string, Row[]>;
        group = target.get(text) ?? [];
        target.set(text, group);
        groupOf.set(id, group);
      }
      group.push(rowAt(index));
    }
  }
  // Array.prototype.sort is stable: ties stay in arrival order.
  for (const groups of byStore) {
    for (const rows of groups.values()) {
      if (rows.length > 1) rows.sort((a, b) => (a[orderBy] as number) - (b[orderBy] as number));
    }
  }
  return { byStore, lateRecords };
}
