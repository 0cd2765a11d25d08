import { type SpawnSyncOptionsWithStringEncoding, spawnSync } from 'node:child_process';
import { flinkErrors } from '../errors.ts';

const LIMIT_MS = 30_000;

/**
 * Runs the user's command that kills a TaskManager, and ends it with all that it started when it does not return.
 *
 * @param environment added to that of this process
 * @throws FLINK_KILL_COMMAND_FAILED with what it said
 */
export function runKillCommand(
  command: string,
  environment: Readonly<Record<string, string>>,
  limitMs = LIMIT_MS,
): void {
  // In a process group of its own, since what hangs may be a command below the shell. Node heeds `detached` here too, and does not list it.
  const options: SpawnSyncOptionsWithStringEncoding & { readonly detached: true } = {
    encoding: 'utf8',
    timeout: limitMs,
    killSignal: 'SIGKILL',
    detached: true,
    env: { ...process.env, ...environment },
  };
  const { pid, error, status, signal, stderr } = spawnSync('sh', ['-c', command], options);
  if (status === 0) return;
  const isLate = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT';
  if (isLate) endGroup(pid);
  const said = isLate ? `it still ran after ${limitMs / 1_000} s` : error?.message;
  const reason = said ?? (stderr.trim().slice(0, 300) || `it ended by ${signal ?? status}`);
  throw flinkErrors.error('FLINK_KILL_COMMAND_FAILED', { command, reason });
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It had ended.
  }
}
