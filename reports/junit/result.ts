import { refusalOf, seriesName } from '../comparison/index.ts';
import type { Cell, Result, Run } from '../model/index.ts';
import { classLevel, type JunitCase, type JunitOutcome, junitDocument } from './document.ts';

/**
 * A result as JUnit XML: a suite a workload, a test case for each cell and kind of run. A run whose output was wrong is a failure, one that ended with
 * an error an error, one refused as invalid skipped; the worst of a kind's runs decides. A cell without runs is skipped.
 */
export function renderResultJunit(result: Result): string {
  const workloads = [...new Set(result.cells.map(({ workload }) => workload))];
  const suites = workloads.map((workload) => ({
    name: workload,
    cases: result.cells.filter((cell) => cell.workload === workload).flatMap(casesOf),
  }));
  return junitDocument('crosscurrent result', suites);
}

function casesOf(cell: Cell): readonly JunitCase[] {
  const classname = [cell.workload, `${seriesName(cell)}, ${cell.guarantee}`].map(classLevel).join('.');
  if (cell.runs.length === 0) {
    const outcome = { kind: 'skipped', message: 'the cell has no run' } as const;
    return [{ classname, name: 'runs', seconds: 0, outcome, output: '' }];
  }
  return [...new Set(cell.runs.map(({ kind }) => kind))].map((kind) => {
    const runs = cell.runs.filter((run) => run.kind === kind);
    const seconds = runs.reduce((sum, run) => sum + run.wallMs, 0) / 1_000;
    const { outcome, refused } = worstOf(runs);
    const output = refused === 0 ? '' : `${runs.length - refused} of ${runs.length} runs passed`;
    return { classname, name: kind, seconds, outcome, output };
  });
}

const WORST_FIRST = ['failure', 'error', 'skipped'] as const;

function worstOf(runs: readonly Run[]): { readonly outcome: JunitOutcome; readonly refused: number } {
  const refusals = runs.flatMap((run) => {
    const message = refusalOf(run);
    return message === null ? [] : [{ kind: refusalKind(run.outcome), message }];
  });
  const worst = WORST_FIRST.flatMap((kind) => refusals.filter((refusal) => refusal.kind === kind))[0];
  return { outcome: worst ?? { kind: 'passed' }, refused: refusals.length };
}

function refusalKind(outcome: Run['outcome']): (typeof WORST_FIRST)[number] {
  switch (outcome) {
    case 'oracle-failed':
      return 'failure';
    case 'failed':
      return 'error';
    // A run that passed is refused only where it holds no figures.
    case 'passed':
    case 'invalid':
      return 'skipped';
    default:
      return outcome satisfies never;
  }
}
