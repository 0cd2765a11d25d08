import { runToEnd } from './command.ts';
import { commitComparisonErrors } from './errors.ts';

/** The folder that holds the repository of `folder`. @throws CI_NO_REPOSITORY */
export async function repositoryOf(folder: string): Promise<string> {
  const { exitCode, stdout, lastWords } = await runToEnd('git', ['rev-parse', '--show-toplevel'], { folder });
  if (exitCode !== 0) throw commitComparisonErrors.error('CI_NO_REPOSITORY', { folder, reason: lastWords });
  return stdout.trim();
}

/** The full id of the commit that a branch, tag or id names. @throws CI_COMMIT_UNKNOWN */
export async function commitOf(repository: string, reference: string): Promise<string> {
  const { exitCode, stdout, lastWords } = await runToEnd(
    'git',
    ['rev-parse', '--verify', '--end-of-options', `${reference}^{commit}`],
    { folder: repository },
  );
  if (exitCode !== 0) {
    throw commitComparisonErrors.error('CI_COMMIT_UNKNOWN', { reference, reason: lastWords });
  }
  return stdout.trim();
}

/** As many digits as the result's own `gitCommit` has. */
export const shortCommit = (commit: string): string => commit.slice(0, 12);
