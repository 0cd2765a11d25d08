import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Scheduling } from './protocol.ts';

const run = promisify(execFile);

/** Field of /proc/thread-self/stat, counted behind the command's name: see proc_pid_stat(5). */
const POLICY_FIELD = 38;
/** SCHED_RR of sched(7). */
const ROUND_ROBIN = '2';

/**
 * Asks the operating system to run the calling thread before all ordinary ones: it stands for a machine of its own, so neither engine
 * nor broker may keep it waiting. Granted on Linux with CAP_SYS_NICE, by util-linux's chrt. The class is reset for whatever the thread
 * creates (`--reset-on-fork`), so that no other thread or process gets it.
 */
export async function requestRealTime(): Promise<Scheduling> {
  return await schedule(['--rr', '--reset-on-fork', '--pid', '1']);
}

/** Back among the ordinary threads, for work that would take a core away from the others. */
export async function leaveRealTime(): Promise<void> {
  await schedule(['--other', '--pid', '0']);
}

async function schedule(wanted: readonly string[]): Promise<Scheduling> {
  try {
    // "<process>/task/<thread>": Node does not tell a thread's id.
    const thread = readlinkSync('/proc/thread-self').split('/').at(-1) as string;
    await run('chrt', [...wanted, thread]);
    const stat = readFileSync('/proc/thread-self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[POLICY_FIELD] === ROUND_ROBIN ? 'real-time' : 'normal';
  } catch {
    // No Linux, no chrt or no permission: the thread stays what it is.
    return 'normal';
  }
}
