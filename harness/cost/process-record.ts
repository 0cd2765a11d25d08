import type { ProcessCost } from '../../reports/model/index.ts';
import type { ProcessDetail, ProcessUsage } from './operating-system.ts';
import type { Switches } from './proc-text.ts';

/** A timeline has at most so many steps. */
const TIMELINE_STEPS = 200;
const NS_PER_MS = 1_000_000;

interface TimedUsage {
  readonly atNs: bigint;
  readonly cpuSeconds: number;
  readonly rssMb: number;
}

/** What was heard of one process while it lived. Counters only rise, so what a process or a thread said last stands when it is gone. */
export class ProcessRecord {
  readonly processId: number;
  readonly #samples: TimedUsage[] = [];
  readonly #switches = new Map<number, Switches>();
  #peakRssMb = 0;
  #peakThreads: number | null = null;
  #bytesWritten: number | null = null;

  constructor(processId: number) {
    this.processId = processId;
  }

  /** CPU seconds heard last. */
  get cpuSeconds(): number {
    return this.#samples.at(-1)?.cpuSeconds ?? 0;
  }

  hear(atNs: bigint, usage: ProcessUsage): void {
    const { cpuSeconds, rssMb } = usage;
    this.#samples.push({ atNs, cpuSeconds, rssMb });
    // A process that is just ending has given its memory back.
    this.#peakRssMb = Math.max(this.#peakRssMb, usage.peakRssMb);
    if (usage.threads !== null) this.#peakThreads = Math.max(this.#peakThreads ?? 0, usage.threads);
  }

  hearDetail({ bytesWritten, switches }: ProcessDetail): void {
    this.#bytesWritten = bytesWritten ?? this.#bytesWritten;
    for (const [threadId, counts] of switches) this.#switches.set(threadId, counts);
  }

  /** @param startNs zero of the timeline's axis */
  cost(name: string, startNs: bigint, gc: ProcessCost['gc']): ProcessCost {
    const counts = [...this.#switches.values()];
    const sum = (kind: keyof Switches): number | null =>
      counts.length === 0 ? null : counts.reduce((total, count) => total + count[kind], 0);
    return {
      name,
      cpuSeconds: this.cpuSeconds,
      peakRssMb: this.#peakRssMb,
      peakThreads: this.#peakThreads,
      voluntarySwitches: sum('voluntary'),
      involuntarySwitches: sum('involuntary'),
      bytesWritten: this.#bytesWritten,
      gc,
      timeline: timelineOf(this.#samples, startNs),
    };
  }
}

/**
 * Samples on a grid of equal steps, CPU time and memory read off straight lines between them: a sample that came late moves no CPU time into
 * the next step. Null for fewer than two samples.
 */
function timelineOf(samples: readonly TimedUsage[], startNs: bigint): ProcessCost['timeline'] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || first === last) return null;
  const livedMs = Number(last.atNs - first.atNs) / NS_PER_MS;
  const meanGapMs = livedMs / (samples.length - 1);
  // A multiple of 100 ms that is not finer than the samples.
  const stepMs = 100 * Math.max(1, Math.ceil(Math.max(livedMs / TIMELINE_STEPS, meanGapMs * 0.9) / 100));
  const cpuShare: number[] = [];
  const rssMb: number[] = [];
  let index = 0;
  let before = first.cpuSeconds;
  for (let step = 1; step * stepMs <= livedMs; step += 1) {
    const atNs = first.atNs + BigInt(step * stepMs * NS_PER_MS);
    while (index + 2 < samples.length && (samples[index + 1] as TimedUsage).atNs < atNs) index += 1;
    const [one, other] = [samples[index] as TimedUsage, samples[index + 1] as TimedUsage];
    const share = Number(atNs - one.atNs) / Number(other.atNs - one.atNs);
    const cpuSeconds = one.cpuSeconds + share * (other.cpuSeconds - one.cpuSeconds);
    cpuShare.push(rounded((cpuSeconds - before) / (stepMs / 1_000), 1_000));
    rssMb.push(rounded(one.rssMb + share * (other.rssMb - one.rssMb), 10));
    before = cpuSeconds;
  }
  return { firstAtMs: Number(first.atNs - startNs) / NS_PER_MS + stepMs, stepMs, cpuShare, rssMb };
}

function rounded(value: number, factor: number): number {
  return Math.round(value * factor) / factor;
}
