import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runToEnd } from './command.ts';
import { shortCommit } from './commit.ts';
import { commitComparisonErrors } from './errors.ts';
import type { SideName } from './rounds.ts';

/** A checkout of one commit, beside the working tree and apart from it. */
export interface Worktree {
  readonly folder: string;
  readonly commit: string;
  /** Takes it away with everything that was made in it. Never rejects. */
  remove(): Promise<void>;
}

/**
 * Checks a commit out into `.cache/ci` of the repository, from where Node finds the packages of the repository by walking up. What an
 * earlier comparison left there, because it was killed, is removed first.
 *
 * @throws CI_WORKTREE_FAILED
 */
export async function addWorktree(repository: string, side: SideName, commit: string): Promise<Worktree> {
  const folder = join(repository, '.cache', 'ci', `${side}-${shortCommit(commit)}`);
  const remove = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(() => undefined);
    await runToEnd('git', ['worktree', 'prune'], { folder: repository });
  };
  await remove();
  await mkdir(dirname(folder), { recursive: true });
  // No hook of the user's belongs to this checkout.
  const { exitCode, lastWords } = await runToEnd(
    'git',
    ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--detach', folder, commit],
    { folder: repository },
  );
  if (exitCode !== 0) {
    await remove();
    throw commitComparisonErrors.error('CI_WORKTREE_FAILED', { commit, folder, reason: lastWords });
  }
  return { folder, commit, remove };
}
