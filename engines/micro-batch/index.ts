export { microBatchVectorRunners } from './conformance.ts';
export { microBatchErrors } from './errors.ts';
export { microBatchPipeline } from './pipeline.ts';
