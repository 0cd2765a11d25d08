export { renderRegressionJunit } from './regression.ts';
export { renderResultJunit } from './result.ts';
