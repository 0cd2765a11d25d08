export type { BatchProgress } from './batch-progress.ts';
export { describeBatch, type QueryIdentity } from './describe-batch.ts';
export { PhaseTimer } from './phase-timer.ts';
