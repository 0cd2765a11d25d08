import { execFile } from 'node:child_process';

/** How a command ended; `missing` when there is no such program. */
export type CommandOutcome =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'ended';
      /** Exit code; 1 when a signal or the time limit ended it. */
      readonly code: number;
      readonly stdout: string;
      readonly stderr: string;
    };

/** Runs a program to its end without a shell and collects what it printed. Never rejects. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: {
    readonly timeoutMs: number;
    readonly cwd?: string;
    /** Is given standard output as it comes. */
    readonly onOutput?: (output: string) => void;
  },
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      {
        encoding: 'utf8',
        timeout: options.timeoutMs,
        maxBuffer: 16 << 20,
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      },
      (failure, stdout, stderr) => {
        if (failure === null) resolve({ kind: 'ended', code: 0, stdout, stderr });
        else if (failure.code === 'ENOENT' || failure.code === 'EACCES') resolve({ kind: 'missing' });
        else
          resolve({
            kind: 'ended',
            code: typeof failure.code === 'number' ? failure.code : 1,
            stdout,
            stderr,
          });
      },
    );
    if (options.onOutput !== undefined) child.stdout?.on('data', options.onOutput);
  });
}
