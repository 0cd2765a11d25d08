import type { Accumulator } from './accumulators.ts';
import type { ColumnBatch } from './column-batch.ts';
import { GroupTable } from './group-table.ts';

/**
 * Windows [start, start + size), one every slide; tumbling where slide equals size. Bounds in event-time
 * milliseconds.
 */
export interface WindowShape {
  readonly sizeMs: number;
  readonly slideMs: number;
  readonly offsetMs: number;
}

/** What one input partition adds to one group in a batch. */
export interface PartialGroup {
  readonly keyId: number;
  /** 0 where there is no window. */
  readonly windowStartMs: number;
  /** Input rows in the group. */
  readonly rows: number;
  readonly values: readonly number[];
}

/**
 * Start of the latest window that holds a time, exact for negative times (as TimeWindow.getWindowStartWithOffset of
 * Flink and TimeWindowing of Spark).
 */
function latestWindowStart(timeMs: number, { slideMs, offsetMs }: WindowShape): number {
  return Math.floor((timeMs - offsetMs) / slideMs) * slideMs + offsetMs;
}

/**
 * Aggregates the rows of one input partition before the exchange. First every row gets a group number, then one tight
 * loop per accumulator runs over the group numbers and its column: what a Spark plan does with partial hash
 * aggregation.
 */
export class PartialAggregation {
  readonly #accumulators: readonly Accumulator[];
  readonly #window: WindowShape | undefined;
  readonly #table = new GroupTable();
  #groupOf = new Int32Array(0);
  #values: Float64Array[] = [];
  #rows = new Float64Array(0);

  constructor(accumulators: readonly Accumulator[], window: WindowShape | undefined) {
    this.#accumulators = accumulators;
    this.#window = window;
  }

  /** @param eventTimes needed where there is a window */
  run(batch: ColumnBatch, keyIds: Int32Array, eventTimes: Float64Array | undefined): PartialGroup[] {
    const { rowCount } = batch;
    const used = this.#table.count;
    this.#table.clear();
    this.#rows.fill(0, 0, used);
    this.#accumulators.forEach((accumulator, index) => {
      this.#values[index]?.fill(neutral(accumulator), 0, used);
    });
    if (this.#groupOf.length < rowCount) this.#groupOf = new Int32Array(rowCount);
    const window = this.#window;
    if (window === undefined || eventTimes === undefined) {
      const table = this.#table;
      const groupOf = this.#groupOf;
      for (let row = 0; row < rowCount; row++) groupOf[row] = table.group(keyIds[row] as number, 0);
      this.#accumulate(batch);
    } else {
      // Each row is in as many windows as fit; the first pass takes everybody's latest, the next the one before that.
      const passes = Math.ceil(window.sizeMs / window.slideMs);
      for (let pass = 0; pass < passes; pass++) {
        this.#assignWindows(rowCount, keyIds, eventTimes, window, pass);
        this.#accumulate(batch);
      }
    }
    return this.#groups();
  }

  #assignWindows(
    rowCount: number,
    keyIds: Int32Array,
    eventTimes: Float64Array,
    window: WindowShape,
    pass: number,
  ): void {
    const table = this.#table;
    const groupOf = this.#groupOf;
    for (let row = 0; row < rowCount; row++) {
      const timeMs = eventTimes[row] as number;
      const startMs = latestWindowStart(timeMs, window) - pass * window.slideMs;
      groupOf[row] = startMs + window.sizeMs > timeMs ? table.group(keyIds[row] as number, startMs) : -1;
    }
  }

  #accumulate(batch: ColumnBatch): void {
    this.#grow(this.#table.count);
    const groupOf = this.#groupOf;
    const { rowCount } = batch;
    const rows = this.#rows;
    for (let row = 0; row < rowCount; row++) {
      const group = groupOf[row] as number;
      if (group >= 0) rows[group] = (rows[group] as number) + 1;
    }
    this.#accumulators.forEach((accumulator, index) => {
      if (accumulator.operation === 'count') return;
      const values = this.#values[index] as Float64Array;
      fold(accumulator.operation, values, groupOf, batch.numbers(accumulator.field), rowCount);
    });
  }

  #groups(): PartialGroup[] {
    const table = this.#table;
    const groups: PartialGroup[] = [];
    for (let group = 0; group < table.count; group++) {
      const rows = this.#rows[group] as number;
      const values: number[] = [];
      for (let index = 0; index < this.#accumulators.length; index++) {
        const isCount = this.#accumulators[index]?.operation === 'count';
        values.push(isCount ? rows : (this.#values[index]?.[group] as number));
      }
      groups.push({ keyId: table.keyId(group), windowStartMs: table.windowStart(group), rows, values });
    }
    return groups;
  }

  #grow(groups: number): void {
    if (groups <= this.#rows.length) return;
    const capacity = Math.max(1024, groups * 2);
    const rows = new Float64Array(capacity);
    rows.set(this.#rows);
    this.#values = this.#accumulators.map((accumulator, index) => {
      const larger = new Float64Array(capacity).fill(neutral(accumulator));
      const before = this.#values[index];
      if (before !== undefined) larger.set(before);
      return larger;
    });
    this.#rows = rows;
  }
}

function neutral({ operation }: Accumulator): number {
  switch (operation) {
    case 'count':
    case 'sum':
      return 0;
    case 'min':
      return Number.POSITIVE_INFINITY;
    case 'max':
      return Number.NEGATIVE_INFINITY;
  }
}

function fold(
  operation: 'sum' | 'min' | 'max',
  into: Float64Array,
  groupOf: Int32Array,
  column: Float64Array,
  rowCount: number,
): void {
  switch (operation) {
    case 'sum':
      for (let row = 0; row < rowCount; row++) {
        const group = groupOf[row] as number;
        if (group >= 0) into[group] = (into[group] as number) + (column[row] as number);
      }
      return;
    case 'min':
      for (let row = 0; row < rowCount; row++) {
        const group = groupOf[row] as number;
        if (group >= 0 && (column[row] as number) < (into[group] as number)) {
          into[group] = column[row] as number;
        }
      }
      return;
    case 'max':
      for (let row = 0; row < rowCount; row++) {
        const group = groupOf[row] as number;
        if (group >= 0 && (column[row] as number) > (into[group] as number)) {
          into[group] = column[row] as number;
        }
      }
      return;
  }
}
