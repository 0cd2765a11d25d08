import { seriesName } from '../comparison/index.ts';
import { cleanText } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import type { Side } from './regression-report.ts';

/** One side of a comparison: its results, with what it is called. */
export interface NamedResults {
  readonly name: string;
  /** At least one. */
  readonly results: readonly Result[];
}

/** What a report says of a side, from the newest of its results. */
export function sideOf({ name, results }: NamedResults): Side {
  const [newest] = [...results].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const runs = results.flatMap(({ cells }) => cells.flatMap((cell) => cell.runs));
  const passed = runs.filter(({ outcome }) => outcome === 'passed').length;
  return {
    name,
    gitCommit: newest?.tool.gitCommit ?? null,
    gitDirty: newest?.tool.gitDirty ?? null,
    createdAt: newest?.createdAt ?? '',
    command: newest?.command ?? [],
    results: results.length,
    passedRuns: passed,
    refusedRuns: runs.length - passed,
    wrong: wrongRuns(results),
  };
}

function wrongRuns(results: readonly Result[]): string[] {
  return results.flatMap(({ cells }) =>
    cells.flatMap((cell) =>
      cell.runs
        .filter(({ outcome }) => outcome === 'oracle-failed')
        .map((run) =>
          cleanText(
            `${cell.workload}, ${cell.guarantee}, ${seriesName(cell)}, ${run.kind} run ${run.runId}: ${run.verification?.reasons.slice(0, 3).join('; ') || 'no reason was recorded'}`,
          ),
        ),
    ),
  );
}
