import type { PlannedRun } from './interleave.ts';
import { paceOf } from './pace.ts';
import type { CellPlan, Measure } from './plan.ts';
import { recoveryMs } from './recovery-plan.ts';
import { SUSTAIN_DEFAULTS, sustainPlannedMs } from './sustain-plan.ts';

/** Topics, the wait for the last output, and the way down, milliseconds. */
const OVERHEAD_MS = 4_000;
/** Records a second at which a backlog is made, loaded and drained, roughly. */
const DRAIN_PER_SECOND = 50_000;

/** How long a run takes by its plan alone, milliseconds: what is measured, and a fixed overhead. */
export function plannedMs(plan: CellPlan, measure: Measure): number {
  const overheadMs = OVERHEAD_MS + paceOf(plan.engine).startMs;
  switch (measure) {
    case 'latency': {
      const warmupMs = Math.max(plan.warmupMs, ((plan.warmupLimitMs ?? 0) + plan.warmupMs) / 2);
      return overheadMs + warmupMs + plan.durationMs;
    }
    case 'drain':
      return overheadMs + (plan.drainEvents / DRAIN_PER_SECOND) * 1_000;
    case 'recovery':
      return recoveryMs(plan);
    case 'sustain':
      return sustainPlannedMs(plan.sustain ?? SUSTAIN_DEFAULTS, overheadMs);
    default:
      return measure satisfies never;
  }
}

/** Estimates the time left: by plan, times what runs of the same measure have taken of their planned time so far. */
export class TimeLeft {
  readonly #taken = new Map<Measure, { plannedMs: number; wallMs: number }>();

  /** Notes that a repeat took so long, refused attempts included. */
  note({ cell, measure }: Pick<PlannedRun, 'cell' | 'measure'>, wallMs: number): void {
    const before = this.#taken.get(measure) ?? { plannedMs: 0, wallMs: 0 };
    this.#taken.set(measure, {
      plannedMs: before.plannedMs + plannedMs(cell, measure),
      wallMs: before.wallMs + wallMs,
    });
  }

  /** Milliseconds that these runs will take. */
  of(runs: readonly PlannedRun[]): number {
    return runs.reduce((sum, { cell, measure }) => {
      const taken = this.#taken.get(measure);
      return sum + plannedMs(cell, measure) * (taken === undefined ? 1 : taken.wallMs / taken.plannedMs);
    }, 0);
  }
}

/** A length of time as an estimate: 40 s, 12 min, 3 h 20 min. */
export function roughly(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
