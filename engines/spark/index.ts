export { SPARK } from './jars.ts';
export { sparkPipeline } from './pipeline.ts';
