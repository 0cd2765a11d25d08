import type { ProcessCost } from '../../reports/model/index.ts';
import { type ProcessUsage, readUsage } from './process-cost.ts';

const SAMPLE_INTERVAL_MS = 200;

/** What a pipeline's processes cost over a run. */
export interface SampledCost {
  /** Each process that lived, in order of appearance. */
  readonly processes: readonly ProcessCost[];
  /** CPU seconds of all processes together between two instants, monotonic nanoseconds; read from the samples nearest before them. */
  cpuSecondsBetween(fromNs: bigint, toNs: bigint): number;
}

/** CPU time and peak memory of processes, as the operating system accounts them, sampled while they live. */
export class CostSampler {
  readonly #processIds: () => readonly number[];
  readonly #usages = new Map<number, ProcessUsage>();
  readonly #totals: { readonly atNs: bigint; readonly cpuSeconds: number }[] = [];
  readonly #timer: NodeJS.Timeout;

  /** @param processIds the live processes */
  constructor(processIds: () => readonly number[]) {
    this.#processIds = processIds;
    this.#timer = setInterval(() => this.sample(), SAMPLE_INTERVAL_MS);
  }

  sample(): void {
    for (const processId of this.#processIds()) {
      const usage = readUsage(processId);
      // A process that is just ending has given its memory back: its peak is the highest seen.
      const peakRssMb = Math.max(usage?.peakRssMb ?? 0, this.#usages.get(processId)?.peakRssMb ?? 0);
      if (usage) this.#usages.set(processId, { cpuSeconds: usage.cpuSeconds, peakRssMb });
    }
    const cpuSeconds = [...this.#usages.values()].reduce((total, usage) => total + usage.cpuSeconds, 0);
    this.#totals.push({ atNs: process.hrtime.bigint(), cpuSeconds });
  }

  stop(): SampledCost {
    clearInterval(this.#timer);
    const totals = [...this.#totals];
    const totalAt = (instantNs: bigint): number =>
      totals.findLast(({ atNs }) => atNs <= instantNs)?.cpuSeconds ?? 0;
    return {
      processes: [...this.#usages.values()].map((usage, index) => ({
        name: `process ${index + 1}`,
        ...usage,
        peakThreads: null,
        voluntarySwitches: null,
        involuntarySwitches: null,
        bytesWritten: null,
        gc: null,
        timeline: null,
      })),
      cpuSecondsBetween: (fromNs, toNs) => totalAt(toNs) - totalAt(fromNs),
    };
  }
}
