import type { NamedResults, RegressionReport } from '../../reports/regression/index.ts';
import { type CommitComparison, withBothCommits } from './both-commits.ts';
import { failingRows } from './confirm.ts';
import { commitComparisonErrors } from './errors.ts';
import { type ComparisonPlan, measureAgain } from './measure-again.ts';

interface ConfirmationPlan
  extends Omit<CommitComparison, 'references'>,
    Omit<ComparisonPlan, 'rounds' | 'runOptions'> {
  readonly report: RegressionReport;
  readonly base: NamedResults;
  readonly head: NamedResults;
}

/**
 * Measures what regressed between two sides of results once more, from their commits and by the command that made head's: as many runs of
 * each side as the smaller of the two has. Nothing happens where nothing regressed.
 *
 * @throws CI_NO_COMMIT, CI_NO_RUN, and as {@link withBothCommits}
 */
export async function confirmResults(plan: ConfirmationPlan): Promise<RegressionReport> {
  const { report, base, head } = plan;
  if (report.outcome !== 'regressed') return report;
  const references = { base: commitOf(base), head: commitOf(head) };
  const runOptions = runOptionsOf(head);
  const sizes = failingRows(report).flatMap((row) => [row.base?.values.length, row.head?.values.length]);
  const rounds = Math.min(...sizes.filter((size) => size !== undefined));
  return await withBothCommits({ ...plan, references }, (both) =>
    measureAgain(both, report, { ...plan, rounds, runOptions }),
  );
}

/** The one commit that all results of a side were made from. */
function commitOf({ name, results }: NamedResults): string {
  const [commit, ...more] = new Set(results.map(({ tool }) => (tool.gitDirty ? null : tool.gitCommit)));
  if (commit == null || more.length > 0) throw commitComparisonErrors.error('CI_NO_COMMIT', { side: name });
  return commit;
}

function runOptionsOf({ name, results }: NamedResults): readonly string[] {
  const [, command, ...options] = results[0]?.command ?? [];
  if (command !== 'run') {
    throw commitComparisonErrors.error('CI_NO_RUN', { side: name, command: command ?? 'nothing' });
  }
  return options;
}
