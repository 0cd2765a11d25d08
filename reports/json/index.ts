export { renderAdviceJson } from './advice.ts';
export { comparisonJsonSchema } from './json-schema.ts';
export { renderRegressionJson } from './regression.ts';
