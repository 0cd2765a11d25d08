export { CheckpointStore } from './checkpoint-store.ts';
export { chooseCheckpoint } from './choose-checkpoint.ts';
export type { Manifest } from './manifest.ts';
