export { spendResults } from './spend-results.ts';
