export { compareSides } from './compare-sides.ts';
export { DEFAULT_CONFIG } from './config/index.ts';
export {
  type Difference,
  type Level,
  type RegressionReport,
  type RegressionRow,
  type RegressionVerdict,
  regressionReportSchema,
  type Sample,
  type Side,
  VERDICTS,
} from './regression-report.ts';
