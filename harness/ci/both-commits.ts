import { commitOf, repositoryOf, shortCommit } from './commit.ts';
import { type Measuring, measureSides, type SideResults } from './measure-sides.ts';
import { prepareTree } from './prepare-tree.ts';
import type { SideName } from './rounds.ts';
import { addWorktree, type Worktree } from './worktree.ts';

export interface CommitComparison {
  /** A folder in the repository of both commits. */
  readonly folder: string;
  /** Branch, tag or id of the commit. */
  readonly references: Readonly<Record<SideName, string>>;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** Two commits, checked out and able to run. */
export interface CheckedOut {
  /** Short ids. */
  readonly commits: Readonly<Record<SideName, string>>;
  measure(plan: Pick<Measuring, 'rounds' | 'runOptions' | 'out'>): Promise<SideResults>;
}

/**
 * Checks both commits out beside each other, lets the action measure them, and removes the checkouts whatever happens.
 *
 * @throws CI_NO_REPOSITORY, CI_COMMIT_UNKNOWN, CI_WORKTREE_FAILED, CI_TREE_WITHOUT_TOOL, CI_PACKAGES_FAILED, and from measuring
 * CI_RUN_REFUSED, HARNESS_INTERRUPTED
 */
export async function withBothCommits<T>(
  { folder, references, signal, progress }: CommitComparison,
  action: (both: CheckedOut) => Promise<T>,
): Promise<T> {
  const repository = await repositoryOf(folder);
  const commits = {
    base: await commitOf(repository, references.base),
    head: await commitOf(repository, references.head),
  };
  const added: Worktree[] = [];
  const checkOut = async (side: SideName): Promise<Worktree> => {
    const tree = await addWorktree(repository, side, commits[side]);
    added.push(tree);
    await prepareTree(tree, repository, progress, signal);
    progress(`${side}: ${shortCommit(commits[side])} (${references[side]}) in ${tree.folder}`);
    return tree;
  };
  try {
    const trees = { base: await checkOut('base'), head: await checkOut('head') };
    return await action({
      commits: { base: shortCommit(commits.base), head: shortCommit(commits.head) },
      measure: (plan) => measureSides({ ...plan, trees, signal, progress }),
    });
  } finally {
    for (const tree of added) await tree.remove();
  }
}
