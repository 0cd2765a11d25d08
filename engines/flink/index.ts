export { FLINK } from './jars.ts';
export { flinkPipeline } from './pipeline.ts';
export { printFlinkVectors } from './vectors/index.ts';
