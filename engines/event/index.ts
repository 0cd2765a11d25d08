export { eventVectorRunners } from './conformance/index.ts';
export { eventPipeline } from './pipeline.ts';
