export { CheckpointStore } from './checkpoint-store.ts';
export { chooseCheckpoint } from './choose-checkpoint.ts';
export type { Manifest } from './manifest.ts';
export type { OperatorState } from './operator-state.ts';
export { readSavepoint, writeSavepoint } from './savepoint.ts';
export { SnapshotChains } from './snapshot-chains.ts';
