import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The kernel's unit of utime and stime in /proc: 100 a second on every Linux that Node runs on (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** What the operating system says of a process. */
export interface ProcessUsage {
  /** User and system time of all its threads. */
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/** Undefined when the process has just ended. */
export function readUsage(processId: number): ProcessUsage | undefined {
  try {
    return process.platform === 'linux' ? fromProc(processId) : fromPs(processId);
  } catch {
    return undefined;
  }
}

function fromProc(processId: number): ProcessUsage {
  // Fields after the command, which stands in parentheses and may hold spaces: utime is the 12th, stime the 13th.
  const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const peakKb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
  return { cpuSeconds: ticks / TICKS_PER_SECOND, peakRssMb: Number(peakKb ?? 0) / 1_024 };
}

function fromPs(processId: number): ProcessUsage {
  const answer = execFileSync('ps', ['-o', 'time=,rss=', '-p', String(processId)], { encoding: 'utf8' });
  const [time = '0:00', rssKb = '0'] = answer.trim().split(/\s+/);
  const cpuSeconds = time.split(/[:-]/).reduce((total, part) => total * 60 + Number(part), 0);
  return { cpuSeconds, peakRssMb: Number(rssKb) / 1_024 };
}
