export { SPARK } from './jars.ts';
export { sparkPipeline } from './pipeline.ts';
export { printSparkVectors } from './vectors/index.ts';
