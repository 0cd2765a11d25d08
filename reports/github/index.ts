export { renderRegressionGithub } from './regression.ts';
