import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line of the real binary in a process of its own. */
export interface RunningCommand {
  readonly process: ChildProcess;
  /** Resolves when stderr has shown the text. */
  shows(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Starts `crosscurrent` with these arguments, without a terminal. */
export function startCommand(
  commandLine: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): RunningCommand {
  const child = spawn(process.execPath, [BIN, ...commandLine], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const watchers: { text: string; resolve: () => void }[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    for (const { text, resolve } of watchers) if (stderr.includes(text)) resolve();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return {
    process: child,
    shows: (text) =>
      Promise.race([
        new Promise<void>((resolve) => {
          watchers.push({ text, resolve });
          if (stderr.includes(text)) resolve();
        }),
        ended.then(() => {
          if (!stderr.includes(text)) throw new Error(`ended without showing "${text}":\n${stderr}`);
        }),
      ]),
    ended,
  };
}

/** Runs a command line to its end. */
export async function runCommandLine(
  commandLine: readonly string[],
  environment?: NodeJS.ProcessEnv,
): Promise<Ended> {
  return await startCommand(commandLine, environment).ended;
}
