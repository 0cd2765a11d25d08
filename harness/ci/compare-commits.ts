import { join } from 'node:path';
import type { NamedResults, RegressionReport } from '../../reports/regression/index.ts';
import { type CommitComparison, withBothCommits } from './both-commits.ts';
import { type ComparisonPlan, measureAgain, measureAndCompare } from './measure-again.ts';

interface CommitComparisonPlan extends CommitComparison, ComparisonPlan {
  /** Whether cells that regressed are measured a second time before that is said. */
  readonly confirm: boolean;
}

interface ComparedCommits {
  readonly report: RegressionReport;
  /** The first measurement. */
  readonly base: NamedResults;
  readonly head: NamedResults;
}

/**
 * Measures two commits in turns and compares them; what regressed is measured once more.
 *
 * @throws CI_NO_RESULTS, and as {@link withBothCommits}
 */
export async function compareCommits(plan: CommitComparisonPlan): Promise<ComparedCommits> {
  return await withBothCommits(plan, async (both) => {
    const first = await measureAndCompare(both, plan);
    if (!plan.confirm || first.report.outcome !== 'regressed') return first;
    const report = await measureAgain(both, first.report, { ...plan, out: join(plan.out, 'confirmation') });
    return { ...first, report };
  });
}
