export { alignProfiles } from './align-profiles.ts';
export { compareSides } from './compare-sides.ts';
export { type ComparisonConfig, DEFAULT_CONFIG, readComparisonConfig } from './config/index.ts';
export { mergedCells } from './merged-cell.ts';
export { readSide } from './read-side.ts';
export {
  type Difference,
  type RegressionReport,
  type RegressionRow,
  type RegressionVerdict,
  regressionReportSchema,
  type Sample,
  type Side,
  VERDICTS,
} from './regression-report.ts';
export { type SelfComparison, selfComparison } from './self-comparison.ts';
export type { NamedResults } from './side.ts';
