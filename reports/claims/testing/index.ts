export { hostileLedger, ledgerFixture } from './ledger-fixture.ts';
export { sides } from './sides.ts';
export { syntheticDistribution } from './synthetic-distribution.ts';
export { syntheticEvidence } from './synthetic-evidence.ts';
export { cell, syntheticResult } from './synthetic-result.ts';
export {
  drainRun,
  failed,
  latencyRun,
  recoveryRun,
  refused,
  sustainRun,
  wrong,
} from './synthetic-runs.ts';
