import { defineErrors } from '../../errors/index.ts';

/** Errors of comparing two commits. */
export const commitComparisonErrors = defineErrors({
  CI_NO_REPOSITORY: {
    message: 'The folder {folder} is in no git repository: {reason}',
    hint: 'Run it inside a clone of crosscurrent.',
    exit: 'usage',
  },
  CI_COMMIT_UNKNOWN: {
    message: 'There is no commit "{reference}" here: {reason}',
    hint: 'Name a branch, a tag or a commit that this clone has; a shallow clone needs `git fetch --unshallow` first.',
    exit: 'usage',
  },
  CI_WORKTREE_FAILED: {
    message: 'Cannot check out {commit} into {folder}: {reason}',
    hint: 'See that there is room on the disk and that git is 2.17 or newer; `git worktree list` shows what is there.',
    exit: 'crash',
  },
  CI_TREE_WITHOUT_TOOL: {
    message: 'The commit {commit} has no {file}.',
    hint: 'Compare commits that hold crosscurrent.',
    exit: 'usage',
  },
  CI_PACKAGES_FAILED: {
    message: 'The packages of {commit} could not be installed: {reason}',
    hint: 'Run `npm install` in a checkout of that commit to see why.',
    exit: 'crash',
  },
  CI_RUN_REFUSED: {
    message: 'crosscurrent run of {side} ({commit}) refused its options: {reason}',
    hint: 'The options after -- must be known to both commits.',
    exit: 'usage',
  },
  CI_NO_COMMIT: {
    message:
      'The results of {side} were not all made from one commit without changes of its own, so they cannot be measured again.',
    hint: 'Commit, and compare with `crosscurrent ci`, or leave --confirm out.',
    exit: 'usage',
  },
  CI_NO_RUN: {
    message:
      'The results of {side} were made by `crosscurrent {command}`; only those of `crosscurrent run` can be measured again.',
    hint: 'Leave --confirm out, or measure both sides by `crosscurrent run`.',
    exit: 'usage',
  },
  CI_NO_RESULTS: {
    message: 'Not one run of {commit} left a result.',
    hint: 'The lines above say how each ended; `crosscurrent run` with the same options in a checkout of it shows more.',
    exit: 'crash',
  },
});
