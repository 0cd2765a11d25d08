import type { ExitReason } from '../../errors/index.ts';
import type { Cell, Result } from '../../reports/model/index.ts';

/**
 * How a session ends: a wrong output beats an invalid cell, which beats a failed run. A refused run alone is no failure, as another
 * attempt may have passed: `invalid` says that a measure of a cell was refused and has not one valid run.
 */
export function exitReasonOf(result: Pick<Result, 'cells' | 'status'>): ExitReason {
  const outcomes = new Set(result.cells.flatMap((cell) => cell.runs.map((run) => run.outcome)));
  if (outcomes.has('oracle-failed')) return 'oracle';
  if (result.cells.some(hasRefusedMeasure)) return 'invalid';
  if (outcomes.has('failed')) return 'crash';
  return result.status === 'interrupted' ? 'interrupted' : 'ok';
}

function hasRefusedMeasure({ runs }: Cell): boolean {
  const valid = new Set(runs.filter((run) => run.outcome === 'passed').map((run) => run.kind));
  return runs.some((run) => run.outcome === 'invalid' && !valid.has(run.kind));
}
