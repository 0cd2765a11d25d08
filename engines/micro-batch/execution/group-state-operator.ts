import type { Row } from '../../pipeline/index.ts';
import type { GroupStatePlan } from '../plan/index.ts';
import type { StateStore, StateStoreProvider, ValueCodec } from '../state/index.ts';
import { DueTimes } from './due-times.ts';
import { functionFailed } from './function-failed.ts';
import { groupRows } from './group-rows.ts';
import { type BatchTimes, type GroupState, GroupStateCall } from './group-state-call.ts';
import { keyValue } from './key-column.ts';
import type { Operator, OperatorBatch, OperatorRun } from './operator.ts';
import { openState } from './partitioned-state.ts';
import type { OutputRow } from './ports.ts';
import { StateDueTimes } from './state-due-times.ts';

export const groupCodec: ValueCodec<GroupState> = {
  encode: (value) => JSON.stringify(value),
  decode: (text) => JSON.parse(text) as GroupState,
};

const NO_ROWS: readonly Row[] = [];

/** One state partition in one batch. */
interface PartitionBatch {
  readonly store: StateStore<GroupState>;
  readonly due: DueTimes;
  readonly times: BatchTimes;
  readonly batchId: number;
}

/**
 * groupState, after FlatMapGroupsWithStateExec of Spark (semantics B12): first the groups with rows, then those whose
 * timeout lies below the watermark, or below the batch's time. Rows are late only where timeouts are of event time.
 */
export class GroupStateOperator implements Operator {
  readonly wantsNoDataBatches: boolean;
  readonly #plan: GroupStatePlan;
  readonly #providers: readonly StateStoreProvider<GroupState>[];
  readonly #due: readonly StateDueTimes<GroupState>[];

  constructor(plan: GroupStatePlan, providers: readonly StateStoreProvider<GroupState>[]) {
    this.#plan = plan;
    this.#providers = providers;
    this.#due = providers.map(() => new StateDueTimes(({ timeoutMs }) => timeoutMs));
    this.wantsNoDataBatches = plan.node.timeout === 'event-time';
  }

  /** A timeout is over when the batch's time is above it. */
  get nextProcessingTimeMs(): number {
    if (this.#plan.node.timeout !== 'processing-time') return Number.POSITIVE_INFINITY;
    return Math.min(...this.#due.map(({ firstMs }) => firstMs)) + 1;
  }

  async run({ version, inputs, watermarks, timestampMs }: OperatorBatch): Promise<OperatorRun> {
    const { key, eventTime, node } = this.#plan;
    const state = await openState(this.#providers, version);
    try {
      const late =
        node.timeout === 'event-time' && eventTime !== undefined
          ? { field: eventTime.field, watermarkMs: watermarks.lateMs }
          : undefined;
      const { byStore, lateRecords } = groupRows(inputs.flat(), { key, orderBy: node.orderBy, late }, state);
      const times = { watermarkMs: watermarks.currentMs, timestampMs };
      const rows: OutputRow[] = [];
      const counts = { updated: 0, removed: 0 };
      for (const [index, store] of state.stores.entries()) {
        const due =
          node.timeout === 'none'
            ? new DueTimes()
            : await (this.#due[index] as StateDueTimes<GroupState>).open(store);
        const batch = { store, due, times, batchId: version };
        await this.#callAll(
          byStore[index] as ReadonlyMap<string, readonly Row[]>,
          false,
          batch,
          rows,
          counts,
        );
        const timedOut = batch.due.takeUpTo(this.#lastOverMs(times));
        const groups = new Map(timedOut.map((text) => [text, NO_ROWS]));
        await this.#callAll(groups, true, batch, rows, counts);
      }
      return {
        rows,
        metrics: {
          lateRecords,
          lateRowsSparkCount: lateRecords,
          stateRows: state.stores.reduce((total, store) => total + store.size, 0),
          stateRowsUpdated: counts.updated,
          stateRowsRemoved: counts.removed,
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

  /** The last millisecond that is over. */
  #lastOverMs({ watermarkMs, timestampMs }: BatchTimes): number {
    switch (this.#plan.node.timeout) {
      case 'none':
        return Number.NEGATIVE_INFINITY;
      case 'event-time':
        return watermarkMs - 1;
      case 'processing-time':
        return timestampMs - 1;
    }
  }

  async #callAll(
    groups: ReadonlyMap<string, readonly Row[]>,
    hasTimedOut: boolean,
    { store, due, times, batchId }: PartitionBatch,
    output: OutputRow[],
    counts: { updated: number; removed: number },
  ): Promise<void> {
    if (groups.size === 0) return;
    const plan = this.#plan;
    const texts = [...groups.keys()];
    const before = await store.getMany(texts);
    for (const [index, text] of texts.entries()) {
      const key = keyValue(text, plan.key);
      const emit = (row: Row) => {
        output.push({ key, row });
      };
      const call = new GroupStateCall({ plan, key, before: before[index], hasTimedOut, times, emit });
      const rows = groups.get(text) as readonly Row[];
      try {
        plan.node.apply(rows, call);
      } catch (error) {
        throw functionFailed(error, { dataflow: plan.dataflow, function: 'groupState', key, batchId });
      }
      const outcome = call.outcome();
      switch (outcome.kind) {
        case 'unchanged':
          break;
        case 'removed':
          store.remove(text);
          due.set(text, undefined);
          counts.removed++;
          break;
        case 'kept':
          store.put(text, outcome.value);
          due.set(text, outcome.value.timeoutMs);
          counts.updated++;
          break;
      }
    }
  }
}
