import type { Slice } from '../../reports/model/index.ts';

/** How long latency and lag must stay as they were before a pipeline counts as caught up, milliseconds. */
export const CALM_MS = 5_000;
/** Tolerance over the worst of the time before the kill: a quarter of it, or what fifty milliseconds bring. */
const TOLERANCE_SHARE = 0.25;
const TOLERANCE_MS = 50;

/** What still counts as calm, given the worst p99 before the kill, microseconds. */
export function calmP99LimitUs(worstUs: number): number {
  return tolerated(worstUs, TOLERANCE_MS * 1_000);
}

/**
 * When a pipeline has caught up after a kill: the start of the first slice from which on, for at least CALM_MS, no slice's p99 and no
 * lag exceeds the worst slice of the baseline by more than a quarter or fifty milliseconds' worth. Slices without samples are neutral.
 *
 * @param slices of equal length, in order; ends where the next kill comes
 * @param baseline a calm stretch before the kill, milliseconds on the slices' axis
 * @param untilMs end of the schedule or the next kill
 * @returns milliseconds on the slices' axis, or null when it never does, or when fewer than CALM_MS are left to tell
 */
export function caughtUpAtMs(
  slices: readonly Slice[],
  baseline: { readonly fromMs: number; readonly toMs: number },
  killMs: number,
  untilMs: number,
): number | null {
  const before = slices.filter(
    (slice) => slice.atMs >= baseline.fromMs && slice.atMs + slice.lengthMs <= baseline.toMs,
  );
  const worstP99Us = Math.max(0, ...before.map((slice) => slice.p99 ?? 0));
  const worstLag = Math.max(0, ...before.map((slice) => slice.lag));
  const offeredPerMs = Math.max(0, ...before.map((slice) => slice.offered / slice.lengthMs));
  const p99Limit = calmP99LimitUs(worstP99Us);
  const lagLimit = tolerated(worstLag, TOLERANCE_MS * offeredPerMs);
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

function tolerated(worst: number, floor: number): number {
  return worst + Math.max(TOLERANCE_SHARE * worst, floor);
}
