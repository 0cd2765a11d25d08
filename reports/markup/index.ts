export { cleanText } from './clean.ts';
export { html, Markup, trusted } from './html.ts';
export { harmlessJson } from './json.ts';
