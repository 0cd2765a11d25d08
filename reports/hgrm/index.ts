export { renderHgrm } from './render.ts';
