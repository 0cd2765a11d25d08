export { eventVectorRunners } from './conformance/index.ts';
export { eventErrors } from './errors.ts';
export { eventPipeline } from './pipeline.ts';
