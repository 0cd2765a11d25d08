export { renderRegressionText } from './regression.ts';
export { renderText } from './render.ts';
