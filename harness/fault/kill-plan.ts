import { uniformFloat64 } from './uniform.ts';

/** When to send SIGKILL, and where in the checkpoint or batch cycle that falls. */
export interface PlannedKill {
  /** Milliseconds from the start of the schedule. */
  readonly atMs: number;
  /** Drawn uniformly from [0, 1) of the cycle. */
  readonly phase: number;
}

/** Time before the first kill, after warm-up: the baseline that "caught up" is held against, milliseconds. */
export const BASELINE_MS = 4_000;
/** From one kill to the next, and from the last to the end: recovery, then the five calm seconds, milliseconds. */
export const KILL_GAP_MS = 10_000;

/**
 * Kills at random phases of the checkpoint or batch cycle: a kill at a fixed phase would measure a fixed amount of replay.
 *
 * @param cycleMs the engine's checkpoint or trigger interval
 */
export function planKills(kills: number, warmupMs: number, cycleMs: number, seed: number): PlannedKill[] {
  return Array.from({ length: kills }, (_, index) => {
    const phase = uniformFloat64(seed, index);
    return { phase, atMs: warmupMs + BASELINE_MS + index * (KILL_GAP_MS + cycleMs) + phase * cycleMs };
  });
}

/** How long the schedule must last for these kills, milliseconds. */
export function planDurationMs(plan: readonly PlannedKill[]): number {
  return Math.max(0, ...plan.map((kill) => kill.atMs)) + KILL_GAP_MS;
}
