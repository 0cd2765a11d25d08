export { FLINK } from './jars.ts';
export { flinkPipeline } from './pipeline.ts';
