export {
  type Advice,
  type Candidate,
  CONFIDENCES,
  type Confidence,
  type Decision,
  type Difference,
  type Either,
  type Exclusion,
  type MeasurementRequest,
  type NoEvidence,
  type NoneMeets,
  type Recommended,
  type Weakness,
} from './advice.ts';
export { advise } from './advise.ts';
export type { Basis, Check, Judged, Lack, Reading, Requirement } from './check.ts';
export {
  type Engine,
  type EngineFacts,
  type LatencyLimit,
  MODEL_OF,
  type Model,
  type Objective,
  PERCENTILES,
  type Percentile,
} from './objective.ts';
