import type { Row } from '../../pipeline/index.ts';
import { type ColumnBatch, rowReader } from '../columnar/index.ts';
import type { ProcessPlan } from '../plan/index.ts';
import type { StateStoreProvider, ValueCodec } from '../state/index.ts';
import { keyColumn } from './key-column.ts';
import type { Operator, OperatorBatch, OperatorRun } from './operator.ts';
import { openState } from './partitioned-state.ts';
import type { OutputRow } from './ports.ts';
import type { KeyState } from './process-call.ts';
import { ProcessPartition } from './process-partition.ts';

export const keyStateCodec: ValueCodec<KeyState> = {
  encode: (value) => JSON.stringify(value),
  decode: (text) => JSON.parse(text) as KeyState,
};

/**
 * keyedProcess, after FlatMapGroupsWithStateExec of Spark (semantics B12, B13): the rows of each key, sorted, in one
 * call; then the timers that the watermark reached, in order of time. Where the function has timers, rows at or below
 * the watermark of the previous batch are late.
 */
export class ProcessOperator implements Operator {
  readonly wantsNoDataBatches: boolean;
  readonly #plan: ProcessPlan;
  readonly #providers: readonly StateStoreProvider<KeyState>[];

  constructor(plan: ProcessPlan, providers: readonly StateStoreProvider<KeyState>[]) {
    this.#plan = plan;
    this.#providers = providers;
    this.wantsNoDataBatches = plan.eventTime !== undefined && plan.process.onEventTimeTimer !== undefined;
  }

  async run({ version, inputs, watermarks }: OperatorBatch): Promise<OperatorRun> {
    const state = await openState(this.#providers, version);
    try {
      const grouped = this.#group(inputs.flat(), watermarks.lateMs, state.stores.length, state.storeIndex);
      const rows: OutputRow[] = [];
      let updated = 0;
      let removed = 0;
      for (const [index, store] of state.stores.entries()) {
        const batch = new ProcessPartition(this.#plan, store, watermarks.currentMs);
        await batch.processRows(grouped.byStore[index] ?? new Map());
        if (this.wantsNoDataBatches && watermarks.currentMs > watermarks.lateMs) await batch.fireTimers();
        updated += batch.updated;
        removed += batch.removed;
        for (const row of batch.rows) rows.push(row);
      }
      return {
        rows,
        metrics: {
          lateRecords: grouped.lateRecords,
          lateRowsSparkCount: grouped.lateRecords,
          stateRows: state.stores.reduce((total, store) => total + store.size, 0),
          stateRowsUpdated: updated,
          stateRowsRemoved: removed,
        },
        commit: state.commit,
        abort: state.abort,
      };
    } catch (error) {
      state.abort();
      throw error;
    }
  }

  async maintain(oldestVersion: number): Promise<void> {
    for (const provider of this.#providers) await provider.maintain(oldestVersion);
  }

  #group(
    partitions: readonly ColumnBatch[],
    lateMs: number,
    statePartitions: number,
    storeIndex: (key: string) => number,
  ): { readonly byStore: readonly Map<string, Row[]>[]; readonly lateRecords: number } {
    const { key, eventTime } = this.#plan;
    const byStore = Array.from({ length: statePartitions }, () => new Map<string, Row[]>());
    let lateRecords = 0;
    for (const batch of partitions) {
      const rowAt = rowReader(batch);
      const { ids, texts } = keyColumn(batch, key);
      const times =
        this.wantsNoDataBatches && eventTime !== undefined ? batch.numbers(eventTime.field) : undefined;
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
    return { byStore, lateRecords };
  }
}
