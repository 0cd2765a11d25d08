export { microBatchVectorRunners } from './conformance.ts';
export { microBatchPipeline } from './pipeline.ts';
export { explainDataflow } from './plan/index.ts';
