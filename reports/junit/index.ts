export { renderResultJunit } from './result.ts';
