export { renderAdviceText } from './advice.ts';
export { alignTable, type Paint, type TextCell, type TextColumn } from './align.ts';
export { renderClaimsText } from './claims.ts';
export { renderRegressionText } from './regression.ts';
export { renderText } from './render.ts';
export { renderSelfText } from './self-comparison.ts';
