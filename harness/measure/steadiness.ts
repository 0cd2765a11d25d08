import type { SecondSummary } from '../observe/index.ts';

/** When the latency counts as steady. Of each pair of limits the larger holds. */
export interface SteadinessRule {
  /** Length of each of the two windows compared, whole seconds, milliseconds. */
  readonly windowMs: number;
  /** By how much the windows' p50 may differ, as a share of the smaller, and in any case. */
  readonly p50Share: number;
  readonly p50Ms: number;
  /** By how much the p50 may differ at most, as a share of a window: a latency that changes faster is a backlog that grows or shrinks. */
  readonly driftShare: number;
  readonly p99Share: number;
  readonly p99Ms: number;
  /** A window with fewer samples does not count. */
  readonly leastSamples: number;
}

const SECOND_MS = 1_000;

export const DEFAULT_STEADINESS: SteadinessRule = {
  windowMs: 2_000,
  p50Share: 0.15,
  p50Ms: 1,
  driftShare: 0.1,
  p99Share: 0.3,
  p99Ms: 5,
  leastSamples: 20,
};

/** The rule in one sentence, for docs and reports. */
export function describeSteadiness(rule: SteadinessRule): string {
  const { windowMs, p50Share, p50Ms, driftShare, p99Share, p99Ms, leastSamples } = rule;
  const limit = (share: number, floorMs: number): string =>
    `${Math.round(share * 100)} % or ${floorMs} ms, whichever is more`;
  return (
    `The latency is steady at the end of the first two adjacent windows of ${windowMs / 1_000} s, each with at least ` +
    `${leastSamples} samples and with every sample of its seconds covered, whose p50 (median of the seconds' p50) differ by at most ` +
    `${limit(p50Share, p50Ms)}, but never by more than ${driftShare * windowMs} ms, and whose p99 (likewise) by at most ${limit(p99Share, p99Ms)}.`
  );
}

/**
 * The instant from which on a run is measured: the end of the first two adjacent windows that look alike by the rule, milliseconds from the
 * start of the schedule; null while there are none. A second counts once all of its samples are covered: while some are missing, its
 * percentiles are those of the fast ones alone.
 *
 * Initial-transient deletion on windowed statistics after Welch (The statistical analysis of simulation results, 1983); that a fixed
 * warm-up does not do for a virtual machine, and that some runs never become steady: Barrett et al., Virtual machine warmup blows hot and
 * cold, OOPSLA 2017. Online and with a stated maximum, where theirs are offline, since here it decides when to measure.
 *
 * @param seconds in order from second 0, without gaps
 */
export function steadyAtMs(seconds: readonly SecondSummary[], rule: SteadinessRule): number | null {
  const length = Math.max(1, Math.round(rule.windowMs / SECOND_MS));
  for (let end = 2 * length; end <= seconds.length; end += 1) {
    const before = windowOf(seconds.slice(end - 2 * length, end - length), rule);
    const after = windowOf(seconds.slice(end - length, end), rule);
    if (before !== null && after !== null && areAlike(before, after, rule)) return end * SECOND_MS;
  }
  return null;
}

interface WindowFigures {
  readonly p50Us: number;
  readonly p99Us: number;
}

/** Null for a window that does not count. */
function windowOf(seconds: readonly SecondSummary[], { leastSamples }: SteadinessRule): WindowFigures | null {
  if (seconds.some(({ samples, expected }) => samples < expected)) return null;
  if (seconds.reduce((total, { samples }) => total + samples, 0) < leastSamples) return null;
  return {
    p50Us: median(seconds.flatMap(({ p50Us }) => p50Us ?? [])),
    p99Us: median(seconds.flatMap(({ p99Us }) => p99Us ?? [])),
  };
}

function areAlike(before: WindowFigures, after: WindowFigures, rule: SteadinessRule): boolean {
  const within = (one: number, other: number, share: number, floorMs: number): boolean =>
    Math.abs(one - other) <= Math.max(share * Math.min(one, other), floorMs * 1_000);
  return (
    within(before.p50Us, after.p50Us, rule.p50Share, rule.p50Ms) &&
    Math.abs(before.p50Us - after.p50Us) <= rule.driftShare * rule.windowMs * 1_000 &&
    within(before.p99Us, after.p99Us, rule.p99Share, rule.p99Ms)
  );
}

/** @param values at least one */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >>> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
