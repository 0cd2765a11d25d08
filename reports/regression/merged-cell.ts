import { seriesName } from '../comparison/index.ts';
import { type Cell, type MetricId, type Result, type Run, runMetrics } from '../model/index.ts';

/** All runs of one cell over the results of a side. */
export interface MergedCell {
  /** Equal for the same cell of both sides. */
  readonly key: string;
  /** What it is called beside others of its workload and guarantee. */
  readonly name: string;
  readonly cell: Cell;
  /** Symmetry sheets, one a result that has the cell. */
  readonly sheets: readonly Cell['settings'][];
}

/** The cells of a side by workload, engine, profile, guarantee and variables, in the order of the results. */
export function mergedCells(results: readonly Result[]): ReadonlyMap<string, MergedCell> {
  const merged = new Map<string, MergedCell>();
  for (const cell of results.flatMap(({ cells }) => cells)) {
    const { workload, engine, profile, guarantee } = cell;
    const variables = Object.entries(cell.variables).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([workload, engine, profile, guarantee, variables]);
    const before = merged.get(key);
    merged.set(key, {
      key,
      name: seriesName(cell),
      cell: { ...cell, runs: [...(before?.cell.runs ?? []), ...cell.runs] },
      sheets: [...(before?.sheets ?? []), cell.settings],
    });
  }
  return merged;
}

/** Runs whose figures count. */
export const passedRuns = ({ runs }: Cell): readonly Run[] => runs.filter((run) => run.outcome === 'passed');

/** The values of each metric, one a passed run that has it, in the order of the runs. */
export function cellValues(cell: Cell): ReadonlyMap<MetricId, readonly number[]> {
  const values = new Map<MetricId, number[]>();
  for (const run of passedRuns(cell)) {
    for (const [id, value] of Object.entries(runMetrics(run)) as [MetricId, number | null][]) {
      if (value !== null) values.set(id, [...(values.get(id) ?? []), value]);
    }
  }
  return values;
}
