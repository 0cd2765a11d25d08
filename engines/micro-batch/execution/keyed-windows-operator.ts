import { type ColumnBatch, rowReader } from '../columnar/index.ts';
import type { KeyedWindowsPlan } from '../plan/index.ts';
import type { StateStore, StateStoreProvider, ValueCodec } from '../state/index.ts';
import { appendRows } from './append-rows.ts';
import { keyColumn, keyValue } from './key-column.ts';
import { isClosed, mergeWindows, type OpenWindow, windowsOf } from './key-windows.ts';
import type { Operator, OperatorBatch, OperatorRun } from './operator.ts';
import { openState } from './partitioned-state.ts';
import type { OutputRow } from './ports.ts';
import { RowAggregation } from './row-aggregation.ts';
import { WindowIndex } from './window-index.ts';

export const windowsCodec: ValueCodec<readonly OpenWindow[]> = {
  encode: (windows) => JSON.stringify(windows),
  decode: (text) => JSON.parse(text) as readonly OpenWindow[],
};

/** What a batch brings to each state partition, by key. */
interface Arrivals {
  readonly byStore: readonly ReadonlyMap<string, readonly OpenWindow[]>[];
  /** Empty unless the plan keeps them. */
  readonly lateRows: readonly OutputRow[];
  readonly lateRecords: number;
  readonly lateGroups: number;
}

interface PartitionResult {
  readonly rows: readonly OutputRow[];
  readonly updated: number;
  readonly removed: number;
}

/**
 * Grouped aggregation that keeps the windows of a key together: session windows, which have to meet, and aggregates of
 * the user's. After SessionWindowStateStoreRestoreExec and SessionWindowStateStoreSaveExec of Spark for sessions
 * (semantics B8): what is late by itself is dropped, the rest merged with all sessions of its key, and of these each
 * counts as updated; after StateStoreSaveExec for other windows (semantics B2 to B6).
 */
export class KeyedWindowsOperator implements Operator {
  readonly wantsNoDataBatches: boolean;
  readonly #plan: KeyedWindowsPlan;
  readonly #aggregation: RowAggregation;
  readonly #providers: readonly StateStoreProvider<readonly OpenWindow[]>[];
  readonly #indexes: readonly WindowIndex[];

  constructor(plan: KeyedWindowsPlan, providers: readonly StateStoreProvider<readonly OpenWindow[]>[]) {
    this.#plan = plan;
    this.#aggregation = new RowAggregation(plan.aggregates);
    this.#providers = providers;
    this.#indexes = providers.map(() => new WindowIndex());
    this.wantsNoDataBatches = plan.eventTime !== undefined && plan.outputMode !== 'complete';
  }

  async run({ version, inputs, watermarks }: OperatorBatch): Promise<OperatorRun> {
    const state = await openState(this.#providers, version);
    try {
      const closesWindows = this.wantsNoDataBatches;
      const lateMs = closesWindows ? watermarks.lateMs : Number.NEGATIVE_INFINITY;
      const arrivals = this.#arrivals(inputs.flat(), lateMs, state.stores.length, state.storeIndex);
      const rows: OutputRow[] = [];
      const counts = { updated: 0, removed: 0, windows: 0 };
      for (const [at, store] of state.stores.entries()) {
        const index = this.#indexes[at] as WindowIndex;
        await index.open(store);
        const merged = await this.#merge(store, index, arrivals.byStore[at] ?? new Map());
        const evicted = closesWindows ? await this.#evict(store, index, watermarks.currentMs) : [];
        switch (this.#plan.outputMode) {
          case 'append':
            appendRows(rows, evicted);
            break;
          case 'update':
            appendRows(rows, merged.rows);
            break;
          case 'complete':
            appendRows(rows, await this.#all(store));
            break;
        }
        counts.updated += merged.updated;
        counts.removed += merged.removed + evicted.length;
        counts.windows += index.count;
      }
      return {
        rows,
        lateRows: arrivals.lateRows,
        metrics: {
          lateRecords: arrivals.lateRecords,
          lateRowsSparkCount: arrivals.lateGroups,
          stateRows: counts.windows,
          stateRowsUpdated: counts.updated,
          stateRowsRemoved: counts.removed,
        },
        commit: async () => {
          await state.commit();
          for (const index of this.#indexes) index.committed(version + 1);
        },
        abort: state.abort,
      };
    } catch (error) {
      state.abort();
      throw error;
    }
  }

  async maintain(oldestVersion: number): Promise<void> {
    await Promise.all(this.#providers.map((provider) => provider.maintain(oldestVersion)));
  }

  /** Rows as windows of their own, those of one key and start merged, at the state partition of their key. */
  #arrivals(
    partitions: readonly ColumnBatch[],
    lateMs: number,
    statePartitions: number,
    storeIndex: (key: string) => number,
  ): Arrivals {
    const { key, window, eventTime } = this.#plan;
    const byStore = Array.from({ length: statePartitions }, () => new Map<string, OpenWindow[]>());
    const lateRows: OutputRow[] = [];
    const lateGroups = new Set<string>();
    let lateRecords = 0;
    for (const [partition, batch] of partitions.entries()) {
      const rowAt = rowReader(batch);
      const { ids, texts } = keyColumn(batch, key);
      const times = eventTime === undefined ? undefined : batch.numbers(eventTime.field);
      const groups = new Map<string, { readonly keyText: string; window: OpenWindow }>();
      for (let at = 0; at < batch.rowCount; at++) {
        const row = rowAt(at);
        const keyText = texts.text(ids[at] as number);
        const bounds = windowsOf(times?.[at], window);
        for (const { startMs, endMs } of bounds) {
          const id = `${startMs} ${keyText}`;
          if (isClosed({ startMs, endMs }, lateMs)) {
            // Spark merges what partitions bring to a window before it drops it, but not to a session.
            lateGroups.add(window?.type === 'session' ? `${partition} ${id}` : id);
            continue;
          }
          const known = groups.get(id);
          const values = this.#aggregation.add(known?.window.values ?? this.#aggregation.create(), row);
          groups.set(id, { keyText, window: { startMs, endMs, values } });
        }
        const latest = bounds[0];
        // A row that came too late for some of its windows only is none of the late rows.
        if (latest !== undefined && isClosed(latest, lateMs)) {
          lateRecords++;
          if (this.#plan.keepsLateRows) lateRows.push({ key: null, row });
        }
      }
      for (const { keyText, window: brought } of groups.values()) {
        const target = byStore[storeIndex(keyText)] as Map<string, OpenWindow[]>;
        const others = target.get(keyText);
        if (others === undefined) target.set(keyText, [brought]);
        else others.push(brought);
      }
    }
    return { byStore, lateRows, lateRecords, lateGroups: lateGroups.size };
  }

  async #merge(
    store: StateStore<readonly OpenWindow[]>,
    index: WindowIndex,
    arrived: ReadonlyMap<string, readonly OpenWindow[]>,
  ): Promise<PartitionResult> {
    const { window } = this.#plan;
    const keys = [...arrived.keys()];
    const before = await store.getMany(keys);
    const rows: OutputRow[] = [];
    let updated = 0;
    let removed = 0;
    for (const [at, key] of keys.entries()) {
      const kept = before[at] ?? [];
      const brought = arrived.get(key) as readonly OpenWindow[];
      const windows = mergeWindows([...kept, ...brought], window, (left, right) =>
        this.#aggregation.merge(left, right),
      );
      const starts = new Set((window?.type === 'session' ? windows : brought).map(({ startMs }) => startMs));
      updated += starts.size;
      if (window?.type === 'session') removed += kept.filter(({ startMs }) => !starts.has(startMs)).length;
      for (const each of windows) if (starts.has(each.startMs)) rows.push(this.#outputRow(key, each));
      store.put(key, windows);
      index.replace(key, kept.length, windows);
    }
    return { rows, updated, removed };
  }

  /** Removes the closed windows of a state partition, those that close first first, and gives their results. */
  async #evict(
    store: StateStore<readonly OpenWindow[]>,
    index: WindowIndex,
    watermarkMs: number,
  ): Promise<readonly OutputRow[]> {
    const keys = index.due.takeUpTo(watermarkMs);
    const before = await store.getMany(keys);
    const closed: { readonly key: string; readonly window: OpenWindow }[] = [];
    for (const [at, key] of keys.entries()) {
      const windows = before[at] as readonly OpenWindow[];
      const open: OpenWindow[] = [];
      for (const window of windows) {
        if (isClosed(window, watermarkMs)) closed.push({ key, window });
        else open.push(window);
      }
      if (open.length === 0) store.remove(key);
      else store.put(key, open);
      index.replace(key, windows.length, open);
    }
    closed.sort((a, b) => (a.window.endMs as number) - (b.window.endMs as number));
    return closed.map(({ key, window }) => this.#outputRow(key, window));
  }

  async #all(store: StateStore<readonly OpenWindow[]>): Promise<readonly OutputRow[]> {
    const rows: OutputRow[] = [];
    await store.scan((key, windows) => {
      for (const window of windows) rows.push(this.#outputRow(key, window));
    });
    return rows;
  }

  #keyOf(keyText: string): string | number | null {
    const { key } = this.#plan;
    return key === undefined ? null : keyValue(keyText, key);
  }

  #outputRow(keyText: string, { startMs, endMs, values }: OpenWindow): OutputRow {
    const key = this.#keyOf(keyText);
    const row: Record<string, string | number> = {};
    if (this.#plan.key !== undefined && key !== null) row[this.#plan.key.field] = key;
    if (endMs !== null) {
      row.windowStartMs = startMs;
      row.windowEndMs = endMs;
    }
    this.#aggregation.writeResults(values, row);
    return { key, row };
  }
}
