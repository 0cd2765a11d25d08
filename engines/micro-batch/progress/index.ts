export type { BatchProgress } from './batch-progress.ts';
export { PhaseTimer } from './phase-timer.ts';
