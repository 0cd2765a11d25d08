export { renderClaimsMarkdown } from './claims.ts';
export { regressionMarkdown, renderRegressionMarkdown } from './regression.ts';
export { renderMarkdown } from './render.ts';
