import type { CellPlan } from './plan.ts';

/** A second at the beginning of the fill. */
const FILL_PER_SECOND = 60_000;

/**
 * A warm-up that offers so many records first, at a rate that falls to the one that is measured: a state holds a key when a record of it
 * has come. The mean rate of a ramp is that of its ends.
 */
export function fillAndWarmUp(
  records: number,
  ratePerSecond: number,
  warmupMs: number,
): Pick<CellPlan, 'schedule' | 'warmupMs'> {
  if (records === 0) return { warmupMs };
  const fromPerSecond = Math.max(FILL_PER_SECOND, ratePerSecond);
  const durationMs = Math.ceil((2_000 * records) / (fromPerSecond + ratePerSecond));
  return {
    schedule: { kind: 'ramp', fromPerSecond, toPerSecond: ratePerSecond, durationMs },
    warmupMs: durationMs + warmupMs,
  };
}
