import { uniformFloat64 } from './uniform.ts';

/** Which faults to send, and when each may come. Times in milliseconds. */
export interface KillPlan {
  /** One a kill, drawn uniformly from [0, 1): how far into a checkpoint or batch cycle it is put off. */
  readonly phases: readonly number[];
  /** The engine's checkpoint or trigger interval. */
  readonly cycleMs: number;
  readonly warmupMs: number;
  /** After warm-up, until what has piled up by then is covered, at most. */
  readonly settlingLimitMs: number;
  /** From then to the first kill, its phase not counted: what "caught up" is held against. */
  readonly baselineMs: number;
  /** From one kill to the next at most, its phase not counted, whether the pipeline has caught up by then or not. */
  readonly longestGapMs: number;
  /** Whole seconds for which the pipeline must have been calm before the next kill. */
  readonly calmSeconds: number;
  /** From a kill until the pipeline is calm, as a first guess. */
  readonly likelyRecoveryMs: number;
}

/** The baseline lasts so long, and at least two cycles, milliseconds. */
const BASELINE_MS = 4_000;

/**
 * Kills at random phases of the checkpoint or batch cycle: a kill at a fixed phase would measure a fixed amount of replay.
 *
 * @param calmMs how long a pipeline that caught up must stay calm for that to count
 */
export function planKills(options: {
  readonly kills: number;
  readonly warmupMs: number;
  readonly settlingLimitMs: number;
  readonly cycleMs: number;
  readonly calmMs: number;
  readonly longestGapMs: number;
  readonly likelyRecoveryMs: number;
  readonly seed: number;
}): KillPlan {
  const { kills, warmupMs, settlingLimitMs, cycleMs, calmMs, longestGapMs, likelyRecoveryMs, seed } = options;
  // Recovery ends within a second, which is not a calm one; and latency goes up and down with the cycle.
  const calmSeconds = 1 + Math.ceil(Math.max(calmMs, cycleMs) / 1_000);
  return {
    phases: Array.from({ length: kills }, (_, index) => uniformFloat64(seed, index)),
    cycleMs,
    warmupMs,
    settlingLimitMs,
    baselineMs: Math.max(BASELINE_MS, 2 * cycleMs),
    longestGapMs: Math.max(longestGapMs, calmSeconds * 1_000 + likelyRecoveryMs),
    calmSeconds,
    likelyRecoveryMs,
  };
}

/** How long the schedule must be able to last for these kills, milliseconds. */
export function longestDurationMs(plan: KillPlan): number {
  const { warmupMs, settlingLimitMs, baselineMs, phases, longestGapMs, cycleMs } = plan;
  return warmupMs + settlingLimitMs + baselineMs + phases.length * (longestGapMs + cycleMs);
}

/** How long these kills take when each recovery is short, milliseconds. */
export function likelyDurationMs(plan: KillPlan): number {
  const { warmupMs, settlingLimitMs, baselineMs, phases, cycleMs, calmSeconds, likelyRecoveryMs } = plan;
  const beforeMs = warmupMs + settlingLimitMs / 2 + baselineMs;
  return beforeMs + phases.length * (likelyRecoveryMs + calmSeconds * 1_000 + cycleMs / 2);
}
