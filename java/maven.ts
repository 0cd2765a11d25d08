import { runCommand } from './run-command.ts';

/** Version of the mvn on the PATH; undefined where there is none that works. */
export async function findMaven(): Promise<string | undefined> {
  const outcome = await runCommand('mvn', ['-B', '--version'], { timeoutMs: 30_000 });
  if (outcome.kind === 'missing' || outcome.code !== 0) return undefined;
  return /Apache Maven ([\w.-]+)/.exec(outcome.stdout)?.[1] ?? 'of unknown version';
}
