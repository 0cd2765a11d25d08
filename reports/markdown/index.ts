export { renderMarkdown } from './render.ts';
