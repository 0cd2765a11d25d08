import type { Slice } from '../../reports/model/index.ts';

/** How long latency and lag must stay as they were before a pipeline counts as caught up, milliseconds. */
const CALM_MS = 5_000;
/** Tolerance over the worst slice before the kill: a quarter of it, or what fifty milliseconds bring. */
const TOLERANCE_SHARE = 0.25;
const TOLERANCE_MS = 50;

/**
 * When a pipeline has caught up after a kill: the start of the first slice from which on, for at least CALM_MS, no slice's p99 and no
 * lag exceeds the worst slice of the time before the kill by more than a quarter or fifty milliseconds' worth. Slices without samples are neutral.
 *
 * @param slices of equal length, in order; ends where the next kill comes
 * @param calmFromMs start of the baseline (after warm-up), @param killMs its end, @param untilMs end of the schedule or the next kill
 * @returns milliseconds on the slices' axis, or null when it never does, or when fewer than CALM_MS are left to tell
 */
export function caughtUpAtMs(
  slices: readonly Slice[],
  calmFromMs: number,
  killMs: number,
  untilMs: number,
): number | null {
  const before = slices.filter((slice) => slice.atMs >= calmFromMs && slice.atMs + slice.lengthMs <= killMs);
  const limit = (worst: number, floor: number): number => worst + Math.max(TOLERANCE_SHARE * worst, floor);
  const worstP99Us = Math.max(0, ...before.map((slice) => slice.p99 ?? 0));
  const worstLag = Math.max(0, ...before.map((slice) => slice.lag));
  const offeredPerMs = Math.max(0, ...before.map((slice) => slice.offered / slice.lengthMs));
  const p99Limit = limit(worstP99Us, TOLERANCE_MS * 1_000);
  const lagLimit = limit(worstLag, TOLERANCE_MS * offeredPerMs);
  const after = slices.filter((slice) => slice.atMs >= killMs && slice.atMs + slice.lengthMs <= untilMs);
  const calm = (slice: Slice): boolean =>
    (slice.p99 === null || slice.p99 <= p99Limit) && slice.lag <= lagLimit;
  let since: number | null = null;
  for (const slice of after) {
    if (!calm(slice)) since = null;
    else since ??= slice.atMs;
    if (since !== null && slice.atMs + slice.lengthMs - since >= CALM_MS) return since;
  }
  return null;
}
