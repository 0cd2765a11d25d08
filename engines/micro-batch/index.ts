export { microBatchVectorRunners } from './conformance.ts';
export { microBatchPipeline } from './pipeline.ts';
