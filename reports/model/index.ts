export type { RunBatches } from './batches.ts';
export {
  type Distribution,
  HEAT_BUCKETS_US,
  MINIMUM_SAMPLES_BEYOND,
  type Slice,
} from './distribution.ts';
export {
  createLatencyHistogram,
  distributionOf,
  HIGHEST_LATENCY_US,
  histogramOf,
  mergeDistributions,
  percentileOf,
  shareBelow,
} from './histogram.ts';
export type { RunIntrospection } from './introspection.ts';
export { METRICS, type Metric, type MetricId, type MetricUnit, metric } from './metrics.ts';
export {
  type Cell,
  type Floor,
  type NoiseFloor,
  OWN_VALUE,
  RESULT_KIND,
  type Result,
  resultSchema,
  SCHEMA_VERSION,
} from './result.ts';
export { RESULT_FILE_NAME, readResult, writeResult, writeWhole } from './result-file.ts';
export { identityOf, resultsBelow } from './results-below.ts';
export type {
  DrainRun,
  Kill,
  LatencyRun,
  MachineUse,
  Mark,
  ProcessCost,
  RecoveryRun,
  Remark,
  Run,
  SustainRun,
  SustainStep,
  Verification,
} from './run.ts';
export { runMetrics } from './run-metrics.ts';
export { schemaText } from './schema-text.ts';
