export { printFlinkVectors } from './print-vectors.ts';
