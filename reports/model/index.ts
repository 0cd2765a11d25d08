export {
  type Distribution,
  distributionSchema,
  HEAT_BUCKETS_US,
  MINIMUM_SAMPLES_BEYOND,
  type Slice,
} from './distribution.ts';
export { type Cell, RESULT_KIND, type Result, resultSchema, SCHEMA_VERSION } from './result.ts';
export type { DrainRun, Kill, LatencyRun, Mark, RecoveryRun, Remark, Run, Verification } from './run.ts';
