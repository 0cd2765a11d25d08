import type { JobMemory } from './job-memory.ts';

/**
 * Watermark alignment over all partitions of the job (FLIP-182 and FLIP-217): a partition stops as soon as its greatest event time is more than the drift
 * ahead of the slowest partition that is not idle. One that has not begun counts as slowest until it is idle. Since the
 * check stands before every record, a partition is ahead by at most the drift and one step between two of its records. So whatever
 * the order of fetches, a record that lies further back than drift, step and delay is late on every run.
 */
export class DriftLimit {
  readonly #memory: JobMemory;
  readonly #driftMs: number;

  constructor(memory: JobMemory, driftMs: number) {
    this.#memory = memory;
    this.#driftMs = driftMs;
  }

  /** The greatest event time at which a partition may still take a record. It only grows while no partition wakes from idleness. */
  currentMs(): number {
    const { maxEventTimesMs, idle } = this.#memory;
    let slowestMs = Number.POSITIVE_INFINITY;
    for (let partition = 0; partition < maxEventTimesMs.length; partition++) {
      if (idle[partition] === 0) {
        slowestMs = Math.min(slowestMs, maxEventTimesMs[partition] as number);
      }
    }
    return slowestMs + this.#driftMs;
  }
}
