import {
  type AggregationLayout,
  type ColumnBatch,
  gather,
  layOutAggregates,
  mergeAccumulators,
  PartialAggregation,
} from '../columnar/index.ts';
import type { AggregatePlan } from '../plan/index.ts';
import type { StateStore, StateStoreProvider } from '../state/index.ts';
import { appendRows } from './append-rows.ts';
import type { GroupState } from './group-state-codec.ts';
import { keyColumn, keyValue } from './key-column.ts';
import { lateRowsOf, outputRowsAt } from './late-rows.ts';
import type { Operator, OperatorBatch, OperatorRun } from './operator.ts';
import { openState } from './partitioned-state.ts';
import type { OutputRow } from './ports.ts';

/** A group of this batch after the exchange, before it meets its state. */
interface MergedGroup {
  readonly stateKey: string;
  readonly keyText: string;
  readonly windowStartMs: number;
  readonly rows: number;
  readonly values: readonly number[];
}

const NO_LATE_ROWS = { count: 0, rows: [] };

/**
 * Grouped aggregation: partial per input partition over columns, exchange by key, merge with the state. What comes
 * out and what is evicted follows StateStoreSaveExec of Spark (semantics B2 to B6).
 */
export class AggregateOperator implements Operator {
  readonly wantsNoDataBatches: boolean;
  readonly #plan: AggregatePlan;
  readonly #layout: AggregationLayout;
  readonly #partial: PartialAggregation;
  readonly #providers: readonly StateStoreProvider<GroupState>[];
  /**
   * Per state partition, no window ends before this: most batches need not look for windows to close. -Infinity: not
   * known.
   */
  #earliestEndMs: number[];

  constructor(plan: AggregatePlan, providers: readonly StateStoreProvider<GroupState>[]) {
    this.#plan = plan;
    this.#layout = layOutAggregates(plan.aggregates);
    this.#partial = new PartialAggregation(this.#layout.accumulators, plan.window);
    this.#providers = providers;
    this.#earliestEndMs = providers.map(() => Number.NEGATIVE_INFINITY);
    this.wantsNoDataBatches =
      plan.window !== undefined && plan.eventTime !== undefined && plan.outputMode !== 'complete';
  }

  async run({ version, inputs, watermarks }: OperatorBatch): Promise<OperatorRun> {
    const state = await openState(this.#providers, version);
    try {
      const { outputMode, partial } = this.#plan;
      const partitions = partial === false ? [gather(inputs.flat())] : inputs.flat();
      const exchanged = this.#exchange(partitions, state.stores.length, state.storeIndex);
      const rows: OutputRow[] = [];
      let lateGroups = 0;
      let updated = 0;
      let removed = 0;
      for (const [index, store] of state.stores.entries()) {
        const live: MergedGroup[] = [];
        for (const group of exchanged[index]?.values() ?? []) {
          if (this.#isClosed(group.windowStartMs, watermarks.lateMs)) {
            lateGroups++;
          } else live.push(group);
        }
        const merged = await this.#mergeWithState(store, index, live);
        updated += merged.length;
        if (outputMode === 'update') appendRows(rows, merged);
        const evicted = await this.#evict(store, index, watermarks.currentMs);
        removed += evicted.length;
        if (outputMode === 'append') appendRows(rows, evicted);
        if (outputMode === 'complete') appendRows(rows, await this.#all(store));
      }
      const late = lateGroups === 0 ? NO_LATE_ROWS : this.#lateRows(partitions, watermarks.lateMs);
      return {
        rows,
        lateRows: late.rows,
        metrics: {
          lateRecords: late.count,
          lateRowsSparkCount: lateGroups,
          stateRows: state.stores.reduce((total, store) => total + store.size, 0),
          stateRowsUpdated: updated,
          stateRowsRemoved: removed,
        },
        commit: state.commit,
        abort: () => this.#abort(state.abort),
      };
    } catch (error) {
      this.#abort(state.abort);
      throw error;
    }
  }

  async maintain(oldestVersion: number): Promise<void> {
    await Promise.all(this.#providers.map((provider) => provider.maintain(oldestVersion)));
  }

  /** Of the rows of a batch those that no window takes: counted, and given where the plan keeps them. */
  #lateRows(
    partitions: readonly ColumnBatch[],
    lateMs: number,
  ): { readonly count: number; readonly rows: readonly OutputRow[] } {
    const { window, eventTime, keepsLateRows } = this.#plan;
    if (window === undefined || eventTime === undefined) return NO_LATE_ROWS;
    const rows: OutputRow[] = [];
    let count = 0;
    for (const batch of partitions) {
      const late = lateRowsOf(batch.numbers(eventTime.field), window, lateMs);
      count += late.length;
      if (keepsLateRows) appendRows(rows, outputRowsAt(batch, late));
    }
    return { count, rows };
  }

  #abort(abortState: () => void): void {
    abortState();
    this.#earliestEndMs.fill(Number.NEGATIVE_INFINITY);
  }

  /** Partial groups of all input partitions, merged per group, at the state partition of their key. */
  #exchange(
    partitions: readonly ColumnBatch[],
    statePartitions: number,
    storeIndex: (key: string) => number,
  ): readonly Map<string, MergedGroup>[] {
    const exchanged = Array.from({ length: statePartitions }, () => new Map<string, MergedGroup>());
    for (const batch of partitions) {
      if (batch.rowCount === 0) continue;
      const { key, window, eventTime } = this.#plan;
      const { ids, texts } = keyColumn(batch, key);
      const times =
        window === undefined || eventTime === undefined ? undefined : batch.numbers(eventTime.field);
      for (const group of this.#partial.run(batch, ids, times)) {
        const keyText = texts.text(group.keyId);
        const stateKey = this.#stateKey(keyText, group.windowStartMs);
        const target = exchanged[storeIndex(keyText)] as Map<string, MergedGroup>;
        const other = target.get(stateKey);
        const values =
          other === undefined
            ? group.values
            : mergeAccumulators(this.#layout.accumulators, other.values, group.values);
        const rows = group.rows + (other?.rows ?? 0);
        target.set(stateKey, { stateKey, keyText, windowStartMs: group.windowStartMs, rows, values });
      }
    }
    return exchanged;
  }

  async #mergeWithState(
    store: StateStore<GroupState>,
    storeIndex: number,
    groups: readonly MergedGroup[],
  ): Promise<OutputRow[]> {
    const before = await store.getMany(groups.map(({ stateKey }) => stateKey));
    const { window } = this.#plan;
    let earliestEndMs = this.#earliestEndMs[storeIndex] as number;
    const rows = groups.map((group, index) => {
      const known = before[index];
      const values =
        known === undefined
          ? group.values
          : mergeAccumulators(this.#layout.accumulators, known, group.values);
      store.put(group.stateKey, values);
      if (window !== undefined) {
        earliestEndMs = Math.min(earliestEndMs, group.windowStartMs + window.sizeMs);
      }
      return this.#outputRow(group.keyText, group.windowStartMs, values);
    });
    this.#earliestEndMs[storeIndex] = earliestEndMs;
    return rows;
  }

  /** Removes the closed windows of a state partition, earliest first, and gives their results. */
  async #evict(store: StateStore<GroupState>, storeIndex: number, watermarkMs: number): Promise<OutputRow[]> {
    const { window } = this.#plan;
    if (window === undefined || !this.wantsNoDataBatches) return [];
    if ((this.#earliestEndMs[storeIndex] as number) > watermarkMs) return [];
    const closed: { key: string; keyText: string; windowStartMs: number; values: GroupState }[] = [];
    let earliestEndMs = Number.POSITIVE_INFINITY;
    await store.scan((key, values) => {
      const { windowStartMs, keyText } = this.#parseStateKey(key);
      if (this.#isClosed(windowStartMs, watermarkMs)) closed.push({ key, keyText, windowStartMs, values });
      else earliestEndMs = Math.min(earliestEndMs, windowStartMs + window.sizeMs);
    });
    this.#earliestEndMs[storeIndex] = earliestEndMs;
    closed.sort((a, b) => a.windowStartMs - b.windowStartMs);
    return closed.map(({ key, keyText, windowStartMs, values }) => {
      store.remove(key);
      return this.#outputRow(keyText, windowStartMs, values);
    });
  }

  async #all(store: StateStore<GroupState>): Promise<OutputRow[]> {
    const rows: OutputRow[] = [];
    await store.scan((key, values) => {
      const { windowStartMs, keyText } = this.#parseStateKey(key);
      rows.push(this.#outputRow(keyText, windowStartMs, values));
    });
    return rows;
  }

  /** In complete mode no window closes. */
  #isClosed(windowStartMs: number, watermarkMs: number): boolean {
    const { window } = this.#plan;
    return this.wantsNoDataBatches && window !== undefined && windowStartMs + window.sizeMs <= watermarkMs;
  }

  #outputRow(keyText: string, windowStartMs: number, values: GroupState): OutputRow {
    const { key, window } = this.#plan;
    const row: Record<string, string | number> = {};
    const keyOfRow = key === undefined ? null : keyValue(keyText, key);
    if (key !== undefined && keyOfRow !== null) row[key.field] = keyOfRow;
    if (window !== undefined) {
      row.windowStartMs = windowStartMs;
      row.windowEndMs = windowStartMs + window.sizeMs;
    }
    this.#layout.writeResults(values, row);
    return { key: keyOfRow, row };
  }

  #stateKey(keyText: string, windowStartMs: number): string {
    return this.#plan.window === undefined ? keyText : `${windowStartMs} ${keyText}`;
  }

  #parseStateKey(stateKey: string): { readonly windowStartMs: number; readonly keyText: string } {
    if (this.#plan.window === undefined) return { windowStartMs: 0, keyText: stateKey };
    const space = stateKey.indexOf(' ');
    return { windowStartMs: Number(stateKey.slice(0, space)), keyText: stateKey.slice(space + 1) };
  }
}
