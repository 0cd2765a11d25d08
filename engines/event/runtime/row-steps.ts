import type { Row } from '../../pipeline/index.ts';
import type { RowStep } from './job-plan.ts';

/** The fused row functions between two places where a row may wait. What came of the last row stands in the fields. */
export class RowSteps {
  readonly #steps: readonly RowStep[];
  /** Whether a watermark node stands among the steps: rows leave with their event time. */
  readonly timed: boolean;
  row: Row = {};
  /** As it was at the watermark node. */
  timedRow: Row = {};
  /** -Infinity if the row met no watermark node. */
  eventTimeMs = Number.NEGATIVE_INFINITY;

  constructor(steps: readonly RowStep[]) {
    this.#steps = steps;
    this.timed = steps.some((step) => step.kind === 'watermark');
  }

  /** @returns false if a filter dropped the row */
  pass(from: Row): boolean {
    const steps = this.#steps;
    let row = from;
    this.eventTimeMs = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < steps.length; at++) {
      const step = steps[at] as RowStep;
      switch (step.kind) {
        case 'map':
          row = step.map(row);
          break;
        case 'filter':
          if (!step.predicate(row)) {
            return false;
          }
          break;
        case 'watermark':
          this.eventTimeMs = row[step.field] as number;
          this.timedRow = row;
          break;
      }
    }
    this.row = row;
    return true;
  }
}
