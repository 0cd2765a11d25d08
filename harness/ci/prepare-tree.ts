import { access, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runToEnd } from './command.ts';
import { shortCommit } from './commit.ts';
import { commitComparisonErrors } from './errors.ts';
import type { Worktree } from './worktree.ts';

/** From the root of a tree. */
export const TOOL = join('harness', 'cli', 'bin.js');
const PACKAGE_FILES = ['package.json', 'package-lock.json'] as const;

/**
 * Makes a fresh checkout able to run: with the packages that Node finds above it where they are those of its own lock file, else with its
 * own; and with the Kafka jars that the repository has already.
 *
 * @throws CI_TREE_WITHOUT_TOOL, CI_PACKAGES_FAILED
 */
export async function prepareTree(
  tree: Worktree,
  repository: string,
  progress: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const commit = shortCommit(tree.commit);
  for (const file of [TOOL, ...PACKAGE_FILES]) {
    if (!(await exists(join(tree.folder, file)))) {
      throw commitComparisonErrors.error('CI_TREE_WITHOUT_TOOL', { commit, file });
    }
  }
  await linkKafkaJars(tree.folder, repository);
  if (await hasSamePackages(tree.folder)) return;
  progress(`${commit}: its packages differ from those installed; installing them`);
  const { exitCode, lastWords } = await runToEnd(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    { folder: tree.folder, signal },
  );
  if (exitCode !== 0) {
    throw commitComparisonErrors.error('CI_PACKAGES_FAILED', { commit, reason: lastWords });
  }
}

/** Whether the nearest packages above the tree were installed for the very files that the tree has. */
async function hasSamePackages(tree: string): Promise<boolean> {
  for (let folder = dirname(tree); ; folder = dirname(folder)) {
    // npm writes it into every node_modules that it made; a folder that holds caches alone has none.
    if (await exists(join(folder, 'node_modules', '.package-lock.json'))) {
      const same = await Promise.all(
        PACKAGE_FILES.map(async (file) => (await textOf(folder, file)) === (await textOf(tree, file))),
      );
      return same.every(Boolean);
    }
    if (folder === dirname(folder)) return false;
  }
}

/**
 * The folder's name holds the hash of what its jars were resolved from, so a tree takes only what is its own. The archives beside the jars
 * hold their paths, so a tree makes its own where it needs one, and it goes with the tree.
 */
async function linkKafkaJars(tree: string, repository: string): Promise<void> {
  const kept = await readdir(join(repository, '.cache'));
  for (const name of kept.filter((entry) => entry.startsWith('kafka-'))) {
    const jars = join(repository, '.cache', name, 'jars');
    if (!(await exists(jars))) continue;
    await mkdir(join(tree, '.cache', name), { recursive: true });
    await symlink(jars, join(tree, '.cache', name, 'jars'));
  }
}

const textOf = (folder: string, file: string): Promise<string | undefined> =>
  readFile(join(folder, file), 'utf8').catch(() => undefined);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
