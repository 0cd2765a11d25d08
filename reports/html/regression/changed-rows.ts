import type { RegressionReport, RegressionRow, RegressionVerdict } from '../../regression/index.ts';

const CHANGES: readonly RegressionVerdict[] = ['regressed', 'improved', 'missing', 'new'];

/** The rows that say that something changed, regressions first, each kind in the order of the report. */
export function changedRows({ rows }: RegressionReport): readonly RegressionRow[] {
  return CHANGES.flatMap((verdict) => rows.filter((row) => row.verdict === verdict));
}
