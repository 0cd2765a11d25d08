import type { Result, Run } from '../model/index.ts';

/** A result with the runs of one kind alone, without the cells that have none: what `sustain` and `recover` write. */
export function onlyRuns(result: Result, kind: Run['kind']): Result {
  const cells = result.cells.map((cell) => ({ ...cell, runs: cell.runs.filter((run) => run.kind === kind) }));
  return { ...result, cells: cells.filter(({ runs }) => runs.length > 0) };
}
