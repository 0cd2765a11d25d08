import type { Row } from '../../pipeline/index.ts';
import type { ProcessPlan } from '../plan/index.ts';
import type { StateStore, StateStoreProvider, ValueCodec } from '../state/index.ts';
import type { StoredPage } from './declared-pages.ts';
import { groupRows } from './group-rows.ts';
import type { Operator, OperatorBatch, OperatorRun } from './operator.ts';
import { openState, type PartitionedState } from './partitioned-state.ts';
import type { OutputRow } from './ports.ts';
import type { KeyState } from './process-call.ts';
import { ProcessPartition } from './process-partition.ts';
import { ProcessState } from './process-state.ts';

export const keyStateCodec: ValueCodec<KeyState> = {
  encode: (value) => JSON.stringify(value),
  decode: (text) => JSON.parse(text) as KeyState,
};

/** By state partition. */
export interface ProcessProviders {
  readonly keys: readonly StateStoreProvider<KeyState>[];
  /** Of declared states; none for a function without. */
  readonly pages: readonly StateStoreProvider<StoredPage>[];
}

interface OpenedState {
  readonly keys: PartitionedState<KeyState>;
  readonly pages: PartitionedState<StoredPage>;
}

/**
 * keyedProcess, after TransformWithStateExec of Spark (semantics B13): the rows of each key, sorted, in one call; then
 * the timers that the watermark reached, in order of time, then those that the batch's time reached; then what has
 * expired goes. Where the function has event-time timers, rows at or below the watermark of the previous batch are
 * late.
 */
export class ProcessOperator implements Operator {
  readonly wantsNoDataBatches: boolean;
  readonly #plan: ProcessPlan;
  readonly #providers: ProcessProviders;
  readonly #partitions: readonly ProcessState[];

  constructor(plan: ProcessPlan, providers: ProcessProviders) {
    this.#plan = plan;
    this.#providers = providers;
    this.#partitions = providers.keys.map(() => new ProcessState(plan));
    this.wantsNoDataBatches = plan.eventTime !== undefined && plan.process.onEventTimeTimer !== undefined;
  }

  get nextProcessingTimeMs(): number {
    return Math.min(...this.#partitions.map(({ nextProcessingTimeMs }) => nextProcessingTimeMs));
  }

  async run(batch: OperatorBatch): Promise<OperatorRun> {
    const { version } = batch;
    const [keys, pages] = await Promise.all([
      openState(this.#providers.keys, version),
      openState(this.#providers.pages, version),
    ]);
    const abort = () => {
      keys.abort();
      pages.abort();
    };
    try {
      return {
        ...(await this.#runPartitions(batch, { keys, pages })),
        commit: async () => {
          await Promise.all([keys.commit(), pages.commit()]);
          for (const partition of this.#partitions) partition.committed(version + 1);
        },
        abort,
      };
    } catch (error) {
      abort();
      throw error;
    }
  }

  async maintain(oldestVersion: number): Promise<void> {
    for (const provider of [...this.#providers.keys, ...this.#providers.pages]) {
      await provider.maintain(oldestVersion);
    }
  }

  async #runPartitions(
    { version, inputs, watermarks, timestampMs }: OperatorBatch,
    { keys, pages }: OpenedState,
  ): Promise<Pick<OperatorRun, 'rows' | 'metrics'>> {
    const { key, orderBy, eventTime, process } = this.#plan;
    const late =
      this.wantsNoDataBatches && eventTime !== undefined
        ? { field: eventTime.field, watermarkMs: watermarks.lateMs }
        : undefined;
    const { byStore, lateRecords } = groupRows(inputs.flat(), { key, orderBy, late }, keys);
    const rows: OutputRow[] = [];
    let updated = 0;
    let removed = 0;
    for (const [index, state] of this.#partitions.entries()) {
      const store = keys.stores[index] as StateStore<KeyState>;
      await state.open({ keys: store, pages: pages.stores[index] }, timestampMs);
      const partition = new ProcessPartition({
        plan: this.#plan,
        state,
        store,
        batchId: version,
        watermarkMs: watermarks.currentMs,
        timestampMs,
      });
      await partition.processRows(byStore[index] as ReadonlyMap<string, readonly Row[]>);
      if (this.wantsNoDataBatches && watermarks.currentMs > watermarks.lateMs) {
        await partition.fireTimers('event', watermarks.currentMs);
      }
      if (process.onProcessingTimeTimer !== undefined) await partition.fireTimers('clock', timestampMs);
      await state.finish();
      updated += partition.updated;
      removed += partition.removed;
      for (const row of partition.rows) rows.push(row);
    }
    return {
      rows,
      metrics: {
        lateRecords,
        lateRowsSparkCount: lateRecords,
        stateRows: [...keys.stores, ...pages.stores].reduce((total, { size }) => total + size, 0),
        stateRowsUpdated: updated,
        stateRowsRemoved: removed,
      },
    };
  }
}
