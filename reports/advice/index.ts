export {
  type Advice,
  type Candidate,
  type Confidence,
  candidatesOf,
  type Decision,
  type MeasurementRequest,
  type NoEvidence,
  type NoneMeets,
  type Recommended,
  type Weakness,
} from './advice.ts';
export { advise } from './advise.ts';
export type { Basis, Check, Judged, Lack, Requirement } from './check.ts';
export { type EngineFacts, MODEL_OF, type Objective } from './objective.ts';
