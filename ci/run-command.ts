import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Runs a command that writes where this process does. @returns its exit code; null when a signal ended it. Rejects when there is no such program. */
export async function runShown(command: string, commandArguments: readonly string[]): Promise<number | null> {
  const [exitCode] = await once(spawn(command, commandArguments, { stdio: 'inherit' }), 'close');
  return exitCode as number | null;
}

/** Runs a command beside others and keeps what it says, for when it is its turn. Never rejects. */
export async function runKept(
  command: string,
  commandArguments: readonly string[],
): Promise<{ readonly ok: boolean; readonly output: string }> {
  try {
    const child = spawn(command, commandArguments, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [output, messages, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { ok: exitCode === 0, output: output + messages };
  } catch (error) {
    return { ok: false, output: `${(error as Error).message}\n` };
  }
}
