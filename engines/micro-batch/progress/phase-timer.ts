import type { Clock } from '../../pipeline/index.ts';
import { BATCH_PHASES, type BatchPhase } from './batch-progress.ts';

/** Splits the time of a batch into its phases. */
export class PhaseTimer {
  readonly startedAtNs: bigint;
  /** Wall clock. */
  readonly startedAtMs: number;
  readonly #clock: Clock;
  readonly #phasesMs = Object.fromEntries(BATCH_PHASES.map((phase) => [phase, 0])) as Record<
    BatchPhase,
    number
  >;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.startedAtNs = clock.monotonicNs();
    this.startedAtMs = clock.nowMs();
  }

  async measure<Result>(phase: BatchPhase, work: () => Promise<Result>): Promise<Result> {
    const fromNs = this.#clock.monotonicNs();
    try {
      return await work();
    } finally {
      this.#phasesMs[phase] += millisecondsBetween(fromNs, this.#clock.monotonicNs());
    }
  }

  phasesMs(): Readonly<Record<BatchPhase, number>> {
    return { ...this.#phasesMs };
  }

  durationMs(): number {
    return millisecondsBetween(this.startedAtNs, this.#clock.monotonicNs());
  }
}

function millisecondsBetween(fromNs: bigint, toNs: bigint): number {
  return Number(toNs - fromNs) / 1e6;
}
