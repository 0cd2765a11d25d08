export { compareCommits } from './compare-commits.ts';
