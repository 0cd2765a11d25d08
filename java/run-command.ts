import { type ChildProcess, spawn } from 'node:child_process';

/** How a command ended; `missing` when there is no such program. */
export type CommandOutcome =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'ended';
      /** Exit code; 1 when a signal, the time limit or the abort ended it. */
      readonly code: number;
      readonly stdout: string;
      readonly stderr: string;
    };

/**
 * Runs a program to its end without a shell and collects what it printed. Never rejects. At the time limit and at the abort it is ended by
 * SIGKILL with all that it has started in its process group, which is its own: a Ctrl-C reaches it by `signal` alone.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  options: {
    readonly timeoutMs: number;
    readonly cwd?: string;
    /** Is given standard output as it comes. */
    readonly onOutput?: (output: string) => void;
    readonly signal?: AbortSignal;
  },
): Promise<CommandOutcome> {
  const { timeoutMs, cwd, onOutput, signal } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      onOutput?.(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const end = (): void => killGroup(child);
    const timer = setTimeout(end, timeoutMs);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    const over = (outcome: CommandOutcome): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve(outcome);
    };
    child.once('error', ({ message, code }: NodeJS.ErrnoException) => {
      if (code === 'ENOENT' || code === 'EACCES') over({ kind: 'missing' });
      else over({ kind: 'ended', code: 1, stdout, stderr: message });
    });
    child.once('close', (code) => over({ kind: 'ended', code: code ?? 1, stdout, stderr }));
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It had ended.
  }
}
