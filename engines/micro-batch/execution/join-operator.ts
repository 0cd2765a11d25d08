import type { Row } from '../../pipeline/index.ts';
import { type ColumnBatch, rowReader } from '../columnar/index.ts';
import type { JoinPlan, JoinSidePlan } from '../plan/index.ts';
import type { StateStoreProvider } from '../state/index.ts';
import { functionFailed } from './function-failed.ts';
import { type Bucket, JoinBuffer } from './join-buffer.ts';
import { JoinIndexKeeper } from './join-index.ts';
import { keyColumn, keyValue } from './key-column.ts';
import type { BatchWatermarks, Operator, OperatorBatch, OperatorRun } from './operator.ts';
import { openState, type PartitionedState } from './partitioned-state.ts';
import type { OutputRow } from './ports.ts';

/** A bucket is this part of the span between the bounds, so a look touches few of them and most of what it reads counts. */
const BUCKETS_A_SPAN = 4;

/** A row of this batch at the state partition of its key. */
interface ArrivedRow {
  readonly key: string;
  readonly timeMs: number;
  readonly row: Row;
}

interface Arrived {
  readonly byStore: readonly (readonly ArrivedRow[])[];
  readonly lateRecords: number;
}

interface Counts {
  updated: number;
  removed: number;
}

/** One state partition in one batch. */
interface PartitionBatch {
  readonly left: JoinBuffer;
  readonly right: JoinBuffer;
  readonly batchId: number;
  readonly watermarkMs: number;
  readonly rows: OutputRow[];
  readonly counts: Counts;
}

interface PairRows {
  readonly key: string;
  readonly left: Row;
  readonly right: Row | undefined;
  readonly batchId: number;
}

/**
 * A join of two streams, after StreamingSymmetricHashJoinExec of Spark. Rows of the left are joined with the state of
 * the right, then rows of the right with that of the left, which has this batch's rows by then; then the state that
 * no row to come can meet is dropped (StreamingJoinHelper.getStateValueWatermark), and of the left that is put out
 * which met nothing, if the join is an outer one. A row not above the watermark of the previous batch is late.
 *
 * numRowsRemoved counts as Spark does: of an outer join, rows dropped from the right only.
 */
export class JoinOperator implements Operator {
  readonly wantsNoDataBatches = true;
  readonly #plan: JoinPlan;
  readonly #left: readonly StateStoreProvider<Bucket>[];
  readonly #right: readonly StateStoreProvider<Bucket>[];
  readonly #leftIndex: readonly JoinIndexKeeper[];
  readonly #rightIndex: readonly JoinIndexKeeper[];
  readonly #bucketMs: number;

  constructor(
    plan: JoinPlan,
    left: readonly StateStoreProvider<Bucket>[],
    right: readonly StateStoreProvider<Bucket>[],
  ) {
    this.#plan = plan;
    this.#left = left;
    this.#right = right;
    this.#leftIndex = left.map(() => new JoinIndexKeeper());
    this.#rightIndex = right.map(() => new JoinIndexKeeper());
    this.#bucketMs = Math.max(1, Math.ceil((plan.upperBoundMs - plan.lowerBoundMs) / BUCKETS_A_SPAN));
  }

  async run(batch: OperatorBatch): Promise<OperatorRun> {
    const left = await openState(this.#left, batch.version);
    const right = await openState(this.#right, batch.version).catch((error) => {
      left.abort();
      throw error;
    });
    const abort = () => {
      left.abort();
      right.abort();
    };
    try {
      return await this.#join(batch, left, right, abort);
    } catch (error) {
      abort();
      throw error;
    }
  }

  async maintain(oldestVersion: number): Promise<void> {
    const providers = [...this.#left, ...this.#right];
    await Promise.all(providers.map((provider) => provider.maintain(oldestVersion)));
  }

  async #join(
    { version, inputs, watermarks }: OperatorBatch,
    left: PartitionedState<Bucket>,
    right: PartitionedState<Bucket>,
    abort: () => void,
  ): Promise<OperatorRun> {
    const { leftSources } = this.#plan;
    const lefts = arrivedRows(inputs.slice(0, leftSources).flat(), this.#plan.left, watermarks, left);
    const rights = arrivedRows(inputs.slice(leftSources).flat(), this.#plan.right, watermarks, right);
    const rows: OutputRow[] = [];
    const counts: Counts = { updated: 0, removed: 0 };
    let stateRows = 0;
    for (const index of left.stores.keys()) {
      const leftStore = left.stores[index] as (typeof left.stores)[number];
      const rightStore = right.stores[index] as (typeof right.stores)[number];
      const leftIndex = await (this.#leftIndex[index] as JoinIndexKeeper).open(leftStore);
      const rightIndex = await (this.#rightIndex[index] as JoinIndexKeeper).open(rightStore);
      const partition = {
        left: new JoinBuffer(leftStore, leftIndex, this.#bucketMs),
        right: new JoinBuffer(rightStore, rightIndex, this.#bucketMs),
        batchId: version,
        watermarkMs: watermarks.currentMs,
        rows,
        counts,
      };
      await this.#fetch(partition, lefts.byStore[index] ?? [], rights.byStore[index] ?? []);
      for (const arrived of lefts.byStore[index] ?? []) this.#takeLeft(partition, arrived);
      for (const arrived of rights.byStore[index] ?? []) this.#takeRight(partition, arrived);
      await this.#drop(partition);
      stateRows += leftIndex.rows + rightIndex.rows;
    }
    const lateRecords = lefts.lateRecords + rights.lateRecords;
    return {
      rows,
      metrics: {
        lateRecords,
        lateRowsSparkCount: lateRecords,
        stateRows,
        stateRowsUpdated: counts.updated,
        stateRowsRemoved: counts.removed,
      },
      commit: async () => {
        await Promise.all([left.commit(), right.commit()]);
        for (const index of [...this.#leftIndex, ...this.#rightIndex]) index.committed(version + 1);
      },
      abort,
    };
  }

  async #fetch(
    { left, right }: PartitionBatch,
    lefts: readonly ArrivedRow[],
    rights: readonly ArrivedRow[],
  ): Promise<void> {
    const { lowerBoundMs, upperBoundMs } = this.#plan;
    for (const { key, timeMs } of lefts) {
      left.request(key, timeMs, timeMs);
      right.request(key, timeMs + lowerBoundMs, timeMs + upperBoundMs);
    }
    for (const { key, timeMs } of rights) {
      right.request(key, timeMs, timeMs);
      left.request(key, timeMs - upperBoundMs, timeMs - lowerBoundMs);
    }
    await Promise.all([left.fetch(), right.fetch()]);
  }

  #takeLeft({ left, right, batchId, rows, counts }: PartitionBatch, { key, timeMs, row }: ArrivedRow): void {
    const { lowerBoundMs, upperBoundMs } = this.#plan;
    const matched = right.forEachWithin(key, timeMs + lowerBoundMs, timeMs + upperBoundMs, (other) =>
      rows.push(this.#pair({ key, left: row, right: other, batchId })),
    );
    // Also if this batch drops it: rows of the right come after it.
    left.add(key, { timeMs, matched, row });
    counts.updated++;
  }

  #takeRight(
    { left, right, batchId, watermarkMs, rows, counts }: PartitionBatch,
    { key, timeMs, row }: ArrivedRow,
  ): void {
    const { lowerBoundMs, upperBoundMs, type } = this.#plan;
    const matched = left.forEachWithin(key, timeMs - upperBoundMs, timeMs - lowerBoundMs, (other) =>
      rows.push(this.#pair({ key, left: other, right: row, batchId })),
    );
    if (matched && type === 'left-outer') left.markWithin(key, timeMs - upperBoundMs, timeMs - lowerBoundMs);
    if (timeMs < watermarkMs + lowerBoundMs) return;
    right.add(key, { timeMs, matched: false, row });
    counts.updated++;
  }

  /** Rows to come are above the watermark, so a left row is of no use below it less the upper bound, a right row below it and the lower one. */
  async #drop({ left, right, batchId, watermarkMs, rows, counts }: PartitionBatch): Promise<void> {
    const { lowerBoundMs, upperBoundMs, type } = this.#plan;
    const fromLeft = await left.settle(watermarkMs - upperBoundMs);
    const fromRight = await right.settle(watermarkMs + lowerBoundMs);
    counts.removed += fromRight.length;
    if (type === 'inner') counts.removed += fromLeft.length;
    else {
      for (const { key, waiting } of fromLeft) {
        if (!waiting.matched) rows.push(this.#pair({ key, left: waiting.row, right: undefined, batchId }));
      }
    }
  }

  #pair({ key, left, right, batchId }: PairRows): OutputRow {
    const { dataflow, join, left: side } = this.#plan;
    const keyOfRow = keyValue(key, side.key);
    try {
      return { key: keyOfRow, row: join(left, right) };
    } catch (error) {
      throw functionFailed(error, { dataflow, function: 'join', key: keyOfRow, batchId });
    }
  }
}

function arrivedRows(
  partitions: readonly ColumnBatch[],
  { key, timeField }: JoinSidePlan,
  { lateMs }: BatchWatermarks,
  { stores, storeIndex }: PartitionedState<Bucket>,
): Arrived {
  const byStore = stores.map((): ArrivedRow[] => []);
  let lateRecords = 0;
  for (const batch of partitions) {
    const rowAt = rowReader(batch);
    const { ids, texts } = keyColumn(batch, key);
    const times = batch.numbers(timeField);
    for (let index = 0; index < batch.rowCount; index++) {
      const timeMs = times[index] as number;
      if (timeMs <= lateMs) {
        lateRecords++;
        continue;
      }
      const text = texts.text(ids[index] as number);
      (byStore[storeIndex(text)] as ArrivedRow[]).push({ key: text, timeMs, row: rowAt(index) });
    }
  }
  return { byStore, lateRecords };
}
