export { compactResult } from './compact-result.ts';
export { renderCompact } from './render.ts';
