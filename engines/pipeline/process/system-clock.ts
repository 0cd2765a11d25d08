import type { Clock } from '../lifecycle/index.ts';

/**
 * The machine's clock: the only place under `engines/` that reads it. Monotonic time is CLOCK_MONOTONIC (mach time, QPC), which
 * the processes of one host share, so instants of the harness, the supervisor and the engines can be subtracted.
 */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicNs: () => process.hrtime.bigint(),
};

/** Zero of the times of this thread's performance entries, on the monotonic clock. */
export function threadStartNs(): bigint {
  return process.hrtime.bigint() - BigInt(Math.round(performance.now() * 1e6));
}
