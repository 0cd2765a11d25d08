export { sparkPipeline } from './pipeline.ts';
