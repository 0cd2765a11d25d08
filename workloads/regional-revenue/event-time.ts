/** Event-time windows of five minutes, [start, end), aligned on 1970. */
export const WINDOW_MS = 300_000;
/** How far behind the highest event time of its partition a record may be and still be in time. */
export const WATERMARK_DELAY_MS = 10_000;
/**
 * Event time between two records: 5,000 records a second make event time run at 365 times the replay's, so that a window closes each 822 ms.
 * A time in step with triggers and checkpoints (60 would make it a second) would let all windows of a run meet one phase of their cycle.
 */
export const STEP_MS = 73;
/** 2026-01-01T00:00:00Z, the start of a window. */
export const FIRST_EVENT_MS = 1_767_225_600_000;
/**
 * Displaced records stay two seconds short of the delay: one produce request may be readable in one partition a moment before it is
 * in another, and an engine with a single watermark over all partitions must not call its records late for that.
 */
export const MOST_DISPLACEMENT_MS = 8_000;
/** Late records come from a device whose clock lost its battery: somewhere in the day before 1970. */
export const LATE_SPAN_MS = 86_400_000;
/** One partition may be a thousand records' event time ahead of the slowest (README: why late records stay late). */
export const ALIGNMENT_DRIFT_MS = 1_000 * STEP_MS;
/** No record is late before so many of its partition, or before this share of them. */
export const LATE_FROM_RECORD = 1_000;
export const LATE_FROM_SHARE = 0.05;
export const IDLE_TIMEOUT_MS = 120_000;

export function windowStartMs(timeMs: number): number {
  return Math.floor(timeMs / WINDOW_MS) * WINDOW_MS;
}

/** Late, whatever the watermark's cadence: before 1970. */
export function isLate(timeMs: number): boolean {
  return timeMs < 0;
}
