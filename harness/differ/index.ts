export { renderCompared, renderConclusion } from './render-text.ts';
export { differ } from './session.ts';
