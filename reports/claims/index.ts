export {
  type Claim,
  type ClaimedRange,
  type ClaimId,
  PAIRS,
  type PairName,
  type Side,
} from './claim.ts';
export type { ClaimEvidence } from './claim-evidence.ts';
export type { Experiment, MatrixValues } from './experiment.ts';
export { EXPERIMENTS } from './experiments/index.ts';
export {
  type ClaimFigure,
  type Finding,
  VERDICT_WORDS,
  VERDICTS,
  type Verdict,
} from './finding.ts';
export { judge, LEDGER_KIND, type Ledger, ledgerSchema } from './ledger.ts';
export { parseLedger } from './parse-ledger.ts';
export { CLAIMS } from './published/index.ts';
