export * from './observed-topics.ts';
export { spendResults } from './spend-results.ts';
