export { printSparkVectors } from './print-vectors.ts';
