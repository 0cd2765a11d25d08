export { withBothCommits } from './both-commits.ts';
