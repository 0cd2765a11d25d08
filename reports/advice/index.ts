export type {
  Advice,
  Candidate,
  Confidence,
  Decision,
  MeasurementRequest,
  NoEvidence,
  NoneMeets,
  Recommended,
  Weakness,
} from './advice.ts';
export { advise } from './advise.ts';
export type { Basis, Check, Judged, Lack, Requirement } from './check.ts';
export { type EngineFacts, MODEL_OF, type Objective } from './objective.ts';
