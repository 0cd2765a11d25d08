import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const SAMPLE_INTERVAL_MS = 200;
/** The kernel's unit of utime and stime in /proc: 100 a second on every Linux that Node runs on (USER_HZ). */
const TICKS_PER_SECOND = 100;

export interface ProcessCost {
  readonly name: string;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/** CPU time and peak memory of processes, as the operating system accounts them, sampled while they live. */
export class CostSampler {
  readonly #processIds: () => readonly number[];
  readonly #costs = new Map<number, ProcessCost>();
  readonly #timer: NodeJS.Timeout;

  /** @param processIds the engine's live processes */
  constructor(processIds: () => readonly number[]) {
    this.#processIds = processIds;
    this.#timer = setInterval(() => this.sample(), SAMPLE_INTERVAL_MS);
  }

  sample(): void {
    for (const processId of this.#processIds()) {
      const cost = readCost(
        processId,
        `process ${this.#costs.has(processId) ? [...this.#costs.keys()].indexOf(processId) + 1 : this.#costs.size + 1}`,
      );
      if (cost)
        this.#costs.set(processId, {
          ...cost,
          peakRssMb: Math.max(cost.peakRssMb, this.#costs.get(processId)?.peakRssMb ?? 0),
        });
    }
  }

  stop(): ProcessCost[] {
    clearInterval(this.#timer);
    return [...this.#costs.values()];
  }
}

function readCost(processId: number, name: string): ProcessCost | undefined {
  try {
    return process.platform === 'linux' ? fromProc(processId, name) : fromPs(processId, name);
  } catch {
    return undefined; // It has just ended: the sample before stands.
  }
}

function fromProc(processId: number, name: string): ProcessCost {
  // Fields after the command, which stands in parentheses and may hold spaces: utime is the 12th, stime the 13th.
  const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const peakKb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
  return { name, cpuSeconds: ticks / TICKS_PER_SECOND, peakRssMb: Number(peakKb ?? 0) / 1_024 };
}

function fromPs(processId: number, name: string): ProcessCost {
  const [time = '0:00', rssKb = '0'] = execFileSync('ps', ['-o', 'time=,rss=', '-p', String(processId)], {
    encoding: 'utf8',
  })
    .trim()
    .split(/\s+/);
  const cpuSeconds = time.split(/[:-]/).reduce((total, part) => total * 60 + Number(part), 0);
  return { name, cpuSeconds, peakRssMb: Number(rssKb) / 1_024 };
}
