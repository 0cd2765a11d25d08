export { renderClaimsMarkdown } from './claims.ts';
export { escapeMarkdown } from './escape.ts';
export { regressionMarkdown, renderRegressionMarkdown } from './regression.ts';
export { renderMarkdown, renderSheetBody } from './render.ts';
