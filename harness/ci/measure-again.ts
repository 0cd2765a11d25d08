import {
  type ComparisonConfig,
  compareSides,
  type NamedResults,
  type RegressionReport,
} from '../../reports/regression/index.ts';
import type { CheckedOut } from './both-commits.ts';
import { confirmed, regressedOnly } from './confirm.ts';
import { commitComparisonErrors } from './errors.ts';
import type { SideName } from './rounds.ts';

/** How two sides are measured and compared, the first time and again. */
export interface ComparisonPlan {
  /** Of each side. */
  readonly rounds: number;
  readonly runOptions: readonly string[];
  /** Folder of the results. */
  readonly out: string;
  readonly config: ComparisonConfig;
  /** Of the bootstrap. */
  readonly seed: number;
  /** Rows of the fingerprint that may differ. */
  readonly vary: readonly string[];
  readonly progress: (text: string) => void;
}

interface Compared extends Record<SideName, NamedResults> {
  readonly report: RegressionReport;
}

/** Measures two commits in turns and compares them. @throws CI_NO_RESULTS */
export async function measureAndCompare(both: CheckedOut, plan: ComparisonPlan): Promise<Compared> {
  const { rounds, runOptions, out, config, seed, vary } = plan;
  const results = await both.measure({ rounds, runOptions, out });
  const side = (name: SideName): NamedResults => {
    const commit = both.commits[name];
    if (results[name].length === 0) throw commitComparisonErrors.error('CI_NO_RESULTS', { commit });
    return { name: commit, results: results[name] };
  };
  const [base, head] = [side('base'), side('head')];
  return { base, head, report: compareSides(base, head, { config, seed, vary }) };
}

/** Measures the cells that regressed once more, and says of each whether it stands. */
export async function measureAgain(
  both: CheckedOut,
  report: RegressionReport,
  plan: ComparisonPlan,
): Promise<RegressionReport> {
  const narrowed = regressedOnly(report);
  plan.progress(`regressed: measuring again ${narrowed.join(' ')}`);
  const again = await measureAndCompare(both, { ...plan, runOptions: [...plan.runOptions, ...narrowed] });
  return confirmed(report, again.report);
}
