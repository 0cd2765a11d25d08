export { BatchLoop } from './batch-loop.ts';
export { limitBatch } from './rate-limit.ts';
