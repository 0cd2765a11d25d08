export { compareCommits } from './compare-commits.ts';
export { confirmResults } from './confirm-results.ts';
