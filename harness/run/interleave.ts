import type { CellPlan, Measure } from './plan.ts';

/** One run of a session: a cell, what is measured of it, and which repeat of that it is, from 1. */
export interface PlannedRun {
  readonly cell: CellPlan;
  readonly measure: Measure;
  readonly repeat: number;
}

/**
 * Every measure of every cell `repeats` times, in the order A B B A: odd repeats go through the runs in the order given, even ones
 * backwards. What drifts steadily over a session (a machine that warms up, a disk that fills) then adds the same to each cell.
 */
export function interleave(cells: readonly CellPlan[], repeats: number): PlannedRun[] {
  return Array.from({ length: repeats }, (_, index) => {
    const once = cells.flatMap((cell) =>
      cell.measures.map((measure) => ({ cell, measure, repeat: index + 1 })),
    );
    return index % 2 === 0 ? once : once.reverse();
  }).flat();
}
