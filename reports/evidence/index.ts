export type {
  Configuration,
  DrainPoint,
  LatencyPoint,
  RecoveryPoint,
  SustainPoint,
} from './configuration.ts';
export { type Estimate, estimateOf, overlaps } from './estimate.ts';
export { type Evidence, evidenceOf, type Ground, type LoadedResult } from './evidence.ts';
