import { spawn } from 'node:child_process';

interface Ended {
  /** Null when a signal ended it or it could not be started. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The last lines that it wrote to stderr. */
  readonly lastWords: string;
}

interface CommandOptions {
  readonly folder: string;
  /** Its abortion sends SIGINT, and the command is waited for. */
  readonly signal?: AbortSignal;
  /** Receives each line of stderr as it comes. */
  readonly onLine?: (line: string) => void;
}

const LAST_LINES = 6;

/** Runs a command to its end; never rejects, as a command that cannot be started has ended too. */
export async function runToEnd(
  command: string,
  commandArguments: readonly string[],
  { folder, signal, onLine = () => undefined }: CommandOptions,
): Promise<Ended> {
  const child = spawn(command, commandArguments, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let stdout = '';
  let unfinished = '';
  const take = (line: string): void => {
    lines.push(line);
    if (lines.length > LAST_LINES) lines.shift();
    onLine(line);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const parts = (unfinished + text).split('\n');
    unfinished = parts.pop() ?? '';
    for (const part of parts) take(part);
  });
  const interrupt = (): void => void child.kill('SIGINT');
  signal?.addEventListener('abort', interrupt);
  try {
    const exitCode = await new Promise<number | null>((resolve) => {
      child.on('error', (error) => {
        take(error.message);
        if (child.pid === undefined) resolve(null);
      });
      child.on('close', resolve);
    });
    if (unfinished !== '') take(unfinished);
    return { exitCode, stdout, lastWords: lines.join('\n') };
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}
