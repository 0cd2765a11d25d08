import { join } from 'node:path';
import { CrosscurrentError, EXIT_CODE } from '../../errors/index.ts';
import { RESULT_FILE_NAME, type Result, readResult } from '../../reports/model/index.ts';
import { harnessErrors } from '../errors.ts';
import { runToEnd } from './command.ts';
import { shortCommit } from './commit.ts';
import { commitComparisonErrors } from './errors.ts';
import { TOOL } from './prepare-tree.ts';
import type { Turn } from './rounds.ts';
import type { Worktree } from './worktree.ts';

interface Invocation {
  readonly tree: Worktree;
  readonly turn: Turn;
  readonly runOptions: readonly string[];
  /** Folder of its result. */
  readonly out: string;
  readonly signal: AbortSignal;
  /** Receives what the command says, line by line. */
  readonly onLine: (line: string) => void;
}

/**
 * One `crosscurrent run` of a commit, in processes of its own. A result in which runs were refused or failed counts with those that
 * passed; a wrong output stays in it.
 *
 * @returns undefined when it left no result
 * @throws CI_RUN_REFUSED, HARNESS_INTERRUPTED
 */
export async function invokeRun({
  tree,
  turn,
  runOptions,
  out,
  signal,
  onLine,
}: Invocation): Promise<Result | undefined> {
  const { exitCode, lastWords } = await runToEnd(
    process.execPath,
    [join(tree.folder, TOOL), 'run', ...runOptions, '--repeats', '1', '--out', out],
    { folder: process.cwd(), signal, onLine },
  );
  if (signal.aborted || exitCode === EXIT_CODE.interrupted) throw harnessErrors.error('HARNESS_INTERRUPTED');
  if (exitCode === EXIT_CODE.usage) {
    const details = { side: turn.side, commit: shortCommit(tree.commit), reason: lastWords };
    throw commitComparisonErrors.error('CI_RUN_REFUSED', details);
  }
  if (exitCode !== EXIT_CODE.ok) onLine(`ended with exit code ${exitCode ?? 'none, by a signal'}`);
  try {
    return await readResult(join(out, RESULT_FILE_NAME));
  } catch (error) {
    if (!(error instanceof CrosscurrentError)) throw error;
    onLine(`this round has no values: ${error.message}`);
    return undefined;
  }
}
