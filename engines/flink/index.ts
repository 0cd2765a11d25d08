export { flinkPipeline } from './pipeline.ts';
