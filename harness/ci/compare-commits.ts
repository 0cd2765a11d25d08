import { join } from 'node:path';
import {
  type ComparisonConfig,
  compareSides,
  type NamedResults,
  type RegressionReport,
} from '../../reports/regression/index.ts';
import { type CheckedOut, type CommitComparison, withBothCommits } from './both-commits.ts';
import { confirmed, regressedOnly } from './confirm.ts';
import { commitComparisonErrors } from './errors.ts';
import type { SideResults } from './measure-sides.ts';
import type { SideName } from './rounds.ts';

interface CommitComparisonPlan extends CommitComparison {
  /** Of each side. */
  readonly rounds: number;
  readonly runOptions: readonly string[];
  readonly out: string;
  readonly config: ComparisonConfig;
  /** Of the bootstrap. */
  readonly seed: number;
  /** Rows of the fingerprint that may differ. */
  readonly vary: readonly string[];
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
    const { rounds, runOptions, out, progress, config, seed, vary } = plan;
    const first = named(both, await both.measure({ rounds, runOptions, out }));
    const report = compareSides(first.base, first.head, { config, seed, vary });
    if (!plan.confirm || report.outcome !== 'regressed') return { ...first, report };
    const narrowed = regressedOnly(report);
    progress(`regressed: measuring again ${narrowed.join(' ')}`);
    const second = named(
      both,
      await both.measure({
        rounds,
        runOptions: [...runOptions, ...narrowed],
        out: join(out, 'confirmation'),
      }),
    );
    const again = compareSides(second.base, second.head, { config, seed, vary });
    return { ...first, report: confirmed(report, again) };
  });
}

function named({ commits }: CheckedOut, results: SideResults): Record<SideName, NamedResults> {
  const side = (name: SideName): NamedResults => {
    if (results[name].length === 0) {
      throw commitComparisonErrors.error('CI_NO_RESULTS', { commit: commits[name] });
    }
    return { name: commits[name], results: results[name] };
  };
  return { base: side('base'), head: side('head') };
}
