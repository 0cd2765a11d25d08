import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a command says, standard error included (`java -version` answers there); undefined when it cannot be run. */
export function answerOf(command: string, commandArguments: readonly string[]): string | undefined {
  try {
    return execFileSync('sh', ['-c', '"$0" "$@" 2>&1', command, ...commandArguments], {
      encoding: 'utf8',
      timeout: 10_000,
    }).trim();
  } catch {
    return undefined;
  }
}

/** Undefined where the file cannot be read. */
export function fileText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
