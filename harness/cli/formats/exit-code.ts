import { EXIT_CODE } from '../../../errors/index.ts';
import type { RegressionReport, RegressionVerdict } from '../../../reports/regression/index.ts';

/** Verdicts that leave open whether a metric regressed. */
const OPEN: readonly RegressionVerdict[] = ['inconclusive', 'not comparable', 'missing'];

/**
 * The exit code of a comparison: a wrong output in head beats a regression, which beats all else.
 *
 * @param strict whether a metric that can fail the comparison, and of which nothing could be said, is a failure (exit code 4) too
 */
export function comparisonExitCode({ outcome, rows }: RegressionReport, strict: boolean): number {
  switch (outcome) {
    case 'wrong':
      return EXIT_CODE.oracle;
    case 'regressed':
      return EXIT_CODE.regression;
    case 'inconclusive':
    case 'ok': {
      const isOpen =
        rows.length === 0 || rows.some(({ verdict, level }) => level === 'error' && OPEN.includes(verdict));
      return strict && isOpen ? EXIT_CODE.inconclusive : EXIT_CODE.ok;
    }
    default:
      return outcome satisfies never;
  }
}
