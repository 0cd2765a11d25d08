import type { StreamingQueryProgress } from '../../engines/pipeline/index.ts';
import type { RunBatches } from '../../reports/model/index.ts';

const NEWEST_KEPT = 10;

/** Sums up the batches of a run as they come, and keeps the newest: a long run has more of them than memory should hold. */
export class BatchLog {
  readonly #newest: StreamingQueryProgress[] = [];
  #sum = {
    batches: 0,
    withoutInput: 0,
    fellBehind: 0,
    inputRows: 0,
    outputRows: 0,
    totalMs: 0,
    longestMs: 0,
  };
  #rowsDroppedByWatermark = 0;

  /** A batch that is run again after a failure counts again: it was work. */
  hear(progress: StreamingQueryProgress, fellBehind: boolean): void {
    const { numInputRows, batchDuration, sink, stateOperators } = progress;
    this.#newest.push(progress);
    if (this.#newest.length > NEWEST_KEPT) this.#newest.shift();
    const before = this.#sum;
    this.#sum = {
      batches: before.batches + 1,
      withoutInput: before.withoutInput + (numInputRows === 0 ? 1 : 0),
      fellBehind: before.fellBehind + (fellBehind ? 1 : 0),
      inputRows: before.inputRows + numInputRows,
      // Spark's -1 stands for a sink that does not count.
      outputRows: before.outputRows + Math.max(0, sink.numOutputRows),
      totalMs: before.totalMs + batchDuration,
      longestMs: Math.max(before.longestMs, batchDuration),
    };
    for (const { numRowsDroppedByWatermark } of stateOperators) {
      this.#rowsDroppedByWatermark += numRowsDroppedByWatermark;
    }
  }

  /** Null where no batch was told of. */
  describe(): RunBatches | null {
    const newest = this.#newest.at(-1);
    if (newest === undefined) return null;
    const { totalMs, ...sum } = this.#sum;
    const { stateOperators } = newest;
    return {
      ...sum,
      meanMs: totalMs / sum.batches,
      stateRows:
        stateOperators.length === 0
          ? null
          : stateOperators.reduce((total, { numRowsTotal }) => total + numRowsTotal, 0),
      rowsDroppedByWatermark: this.#rowsDroppedByWatermark,
      newest: this.#newest.map((progress) => ({ ...progress })),
    };
  }
}
