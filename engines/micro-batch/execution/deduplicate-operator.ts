import type { Row } from '../../pipeline/index.ts';
import { type Column, type ColumnBatch, rowReader } from '../columnar/index.ts';
import type { DeduplicatePlan } from '../plan/index.ts';
import type { StateStoreProvider, ValueCodec } from '../state/index.ts';
import type { Operator, OperatorBatch, OperatorRun } from './operator.ts';
import { openState } from './partitioned-state.ts';
import type { OutputRow } from './ports.ts';
import { StateDueTimes } from './state-due-times.ts';

/** When a combination is forgotten; Infinity: never. */
export const expiryCodec: ValueCodec<number> = { encode: String, decode: Number };

/** A row of a combination that the batch brought first. */
interface Candidate {
  readonly batch: ColumnBatch;
  readonly rowAt: (index: number) => Row;
  readonly index: number;
}

/** The rows of a batch that may be the first of their combinations, at the state partition of each. */
interface Candidates {
  readonly byStore: readonly ReadonlyMap<string, Candidate>[];
  /** Rows that are not late. */
  readonly inTime: number;
  readonly lateRecords: number;
}

/**
 * dropDuplicates and dropDuplicatesWithinWatermark, after StreamingDeduplicateExec and
 * StreamingDeduplicateWithinWatermarkExec of Spark (semantics B15). Rows behind the watermark are late whatever the
 * fields.
 */
export class DeduplicateOperator implements Operator {
  readonly wantsNoDataBatches: boolean;
  readonly #plan: DeduplicatePlan;
  readonly #providers: readonly StateStoreProvider<number>[];
  readonly #due: readonly StateDueTimes<number>[];

  constructor(plan: DeduplicatePlan, providers: readonly StateStoreProvider<number>[]) {
    this.#plan = plan;
    this.#providers = providers;
    this.#due = providers.map(() => new StateDueTimes(dueTime));
    this.wantsNoDataBatches = plan.eventTime !== undefined;
  }

  async run({ version, inputs, watermarks }: OperatorBatch): Promise<OperatorRun> {
    const state = await openState(this.#providers, version);
    try {
      const { byStore, inTime, lateRecords } = this.#candidates(
        inputs.flat(),
        watermarks.lateMs,
        state.stores.length,
        state.storeIndex,
      );
      const rows: OutputRow[] = [];
      let removed = 0;
      for (const [at, store] of state.stores.entries()) {
        const due = await (this.#due[at] as StateDueTimes<number>).open(store);
        const candidates = byStore[at] as ReadonlyMap<string, Candidate>;
        const keys = [...candidates.keys()];
        const before = await store.getMany(keys);
        for (const [index, key] of keys.entries()) {
          if (before[index] !== undefined) continue;
          const candidate = candidates.get(key) as Candidate;
          const expiryMs = this.#expiryMs(candidate);
          store.put(key, expiryMs);
          due.set(key, dueTime(expiryMs));
          rows.push({ key: null, row: candidate.rowAt(candidate.index) });
        }
        const expired = due.takeUpTo(watermarks.currentMs);
        for (const key of expired) store.remove(key);
        removed += expired.length;
      }
      return {
        rows,
        metrics: {
          lateRecords,
          lateRowsSparkCount: lateRecords,
          stateRows: state.stores.reduce((total, store) => total + store.size, 0),
          stateRowsUpdated: rows.length,
          stateRowsRemoved: removed,
          customMetrics: { numDroppedDuplicateRows: inTime - rows.length },
        },
        commit: async () => {
          await state.commit();
          for (const due of this.#due) due.committed(version + 1);
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

  /** The first row in time of each combination of this batch, at the state partition of the combination. */
  #candidates(
    partitions: readonly ColumnBatch[],
    lateMs: number,
    statePartitions: number,
    storeIndex: (key: string) => number,
  ): Candidates {
    const { eventTime, fields } = this.#plan;
    const byStore = Array.from({ length: statePartitions }, () => new Map<string, Candidate>());
    let inTime = 0;
    let lateRecords = 0;
    for (const batch of partitions) {
      const times = eventTime === undefined ? undefined : batch.numbers(eventTime.field);
      const columns = fields.map((field) => batch.column(field));
      const rowAt = rowReader(batch);
      for (let index = 0; index < batch.rowCount; index++) {
        if (times !== undefined && (times[index] as number) <= lateMs) {
          lateRecords++;
          continue;
        }
        inTime++;
        const key = combination(columns, index);
        const store = byStore[storeIndex(key)] as Map<string, Candidate>;
        if (!store.has(key)) store.set(key, { batch, rowAt, index });
      }
    }
    return { byStore, inTime, lateRecords };
  }

  #expiryMs({ batch, index }: Candidate): number {
    const { eventTime, forgets } = this.#plan;
    if (eventTime === undefined) return Number.POSITIVE_INFINITY;
    const timeMs = batch.numbers(eventTime.field)[index] as number;
    switch (forgets) {
      case 'never':
        return Number.POSITIVE_INFINITY;
      case 'at-event-time':
        return timeMs;
      case 'after-delay':
        return timeMs + eventTime.delayMs;
    }
  }
}

function dueTime(expiryMs: number): number | undefined {
  return expiryMs === Number.POSITIVE_INFINITY ? undefined : expiryMs;
}

/** A combination of values as a text that no other has. */
function combination(columns: readonly Column[], index: number): string {
  const [only] = columns;
  if (columns.length === 1 && only !== undefined) return String(cell(only, index));
  return JSON.stringify(columns.map((column) => cell(column, index)));
}

function cell(column: Column, index: number): string | number {
  return column.kind === 'number'
    ? (column.values[index] as number)
    : column.texts.text(column.ids[index] as number);
}
