export type {
  Configuration,
  DrainPoint,
  LatencyPoint,
  RecoveryPoint,
  SustainPoint,
} from './configuration.ts';
export { type Estimate, estimateOf, overlaps } from './estimate.ts';
export { type Evidence, evidenceOf, type LoadedResult } from './evidence.ts';
export { type Ground, groundsOf } from './ground.ts';
export { type ReadEvidence, readEvidence } from './read-evidence.ts';
