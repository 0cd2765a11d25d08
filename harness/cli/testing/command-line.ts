import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin.js', import.meta.url));
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const END = '\u001eend ';

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

/** Runs command lines in turn in one process, for tests of many that end soon; what they say and their exit codes, in their order. */
export async function runInTurn(commandLines: readonly (readonly string[])[]): Promise<Ended[]> {
  const program = `
    const { main } = await import(${JSON.stringify(MAIN)});
    for (const commandLine of ${JSON.stringify(commandLines)}) {
      const end = ${JSON.stringify(END)} + (await main(commandLine)) + '\\n';
      process.stdout.write(end);
      process.stderr.write(end);
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const said = partsOf(stderr);
  return partsOf(stdout).map((part, index) => ({ ...part, stderr: said[index]?.stdout ?? '' }));
}

function partsOf(output: string): { exitCode: number; stdout: string }[] {
  const parts = output.matchAll(new RegExp(`([^]*?)${END}(\\d+)\\n`, 'g'));
  return [...parts].map(([, stdout = '', exitCode]) => ({ exitCode: Number(exitCode), stdout }));
}
