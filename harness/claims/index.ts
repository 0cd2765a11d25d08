export { describeExperiments } from './describe-experiments.ts';
export { exitReasonOfClaims } from './exit-reason.ts';
export {
  type ClaimExperiment,
  claimExperiments,
  type StandingExperiment,
  standingExperiment,
} from './experiments.ts';
export { findResults } from './find-results.ts';
export { ledgerOf } from './ledger-of.ts';
export { runExperiments } from './run-experiments.ts';
