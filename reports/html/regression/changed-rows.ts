import type { RegressionReport, RegressionRow, RegressionVerdict } from '../../regression/index.ts';

const CHANGES: readonly RegressionVerdict[] = ['regressed', 'missing', 'improved', 'new'];

/** The rows that say that something changed, worst first, each kind in the order of the report. */
export function changedRows({ rows }: RegressionReport): readonly RegressionRow[] {
  return CHANGES.flatMap((verdict) => rows.filter((row) => row.verdict === verdict));
}
