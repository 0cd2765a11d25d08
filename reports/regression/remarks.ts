import type { Cell, Result } from '../model/index.ts';
import { mergedCells, passedRuns } from './merged-cell.ts';
import type { NamedResults } from './side.ts';

/** What a reader of a comparison should know of its sides, in sentences: only what the results themselves say for sure. */
export function remarksOf(base: NamedResults, head: NamedResults): string[] {
  const [before, after] = [summaryOf(base.results), summaryOf(head.results)];
  const shared = [...before.runIds].filter((id) => after.runIds.has(id)).length;
  const dirty = [before.isDirty ? 'base' : '', after.isDirty ? 'head' : ''].filter((side) => side !== '');
  const remarks: string[] = [];
  if (shared > 0) {
    remarks.push(
      `By their ids ${shared} runs are on both sides: what is compared with itself shows no difference.`,
    );
  }
  if (dirty.length > 0) {
    remarks.push(
      `Measured with changes that are in no commit: ${dirty.join(' and ')}. The commit does not say what was measured.`,
    );
  }
  if (before.last < after.first || after.last < before.first) {
    remarks.push(
      'One side was measured wholly before the other and not in turns: a drift of the machine is part of every difference.',
    );
  }
  if (before.passed !== after.passed) {
    remarks.push(
      `The sides have different numbers of valid runs: ${before.passed} in base, ${after.passed} in head.`,
    );
  }
  if (before.isMixed || after.isMixed) {
    remarks.push(
      'Runs of one cell were offered different rates: their latencies are not values of one thing.',
    );
  }
  return remarks;
}

interface Summary {
  readonly runIds: ReadonlySet<string>;
  readonly isDirty: boolean;
  readonly passed: number;
  /** Whether runs of one kind in one cell were offered more than one rate. */
  readonly isMixed: boolean;
  /** First and last instant of a result. */
  readonly first: string;
  readonly last: string;
}

function summaryOf(results: readonly Result[]): Summary {
  const instants = results.map(({ createdAt }) => createdAt).sort();
  const cells = [...mergedCells(results).values()];
  const runs = cells.flatMap(({ cell }) => cell.runs);
  return {
    runIds: new Set(runs.map(({ runId }) => runId)),
    isDirty: results.some(({ tool }) => tool.gitDirty === true),
    passed: runs.filter(({ outcome }) => outcome === 'passed').length,
    isMixed: cells.some(({ cell }) => ['latency', 'recovery'].some((kind) => ratesOf(cell, kind).size > 1)),
    first: instants[0] ?? '',
    last: instants.at(-1) ?? '',
  };
}

function ratesOf(cell: Cell, kind: string): ReadonlySet<number> {
  return new Set(
    passedRuns(cell).flatMap((run) =>
      run.kind === kind && run.figures !== null && 'offeredRatePerSecond' in run.figures
        ? [run.figures.offeredRatePerSecond]
        : [],
    ),
  );
}
