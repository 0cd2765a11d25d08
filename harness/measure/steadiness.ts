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
  /** What was due so long ago, and a cycle of the engine, must have come out: else a backlog is being worked off. */
  readonly behindMs: number;
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
  behindMs: 5_000,
};

/** The rule in one sentence, for docs and reports. */
export function describeSteadiness(rule: SteadinessRule): string {
  const { windowMs, p50Share, p50Ms, driftShare, p99Share, p99Ms, leastSamples, behindMs } = rule;
  const limit = (share: number, floorMs: number): string =>
    `${Math.round(share * 100)} % or ${floorMs} ms, whichever is more`;
  return (
    `The latency is steady when the two newest windows of ${windowMs / 1_000} s of which every sample is covered, each with at least ` +
    `${leastSamples} samples, differ in their p50 (median of the seconds' p50) by at most ${limit(p50Share, p50Ms)}, but never by more than ` +
    `${driftShare * windowMs} ms, and in their p99 (likewise) by at most ${limit(p99Share, p99Ms)}, while everything that was due more than ` +
    `${behindMs / 1_000} s and one checkpoint or trigger interval ago has come out.`
  );
}

/**
 * Whether a run may be measured from now on: its two newest windows look alike by the rule, and nothing older than the rule allows is still to
 * come out. Only seconds of which every sample is covered are looked at: while some are missing, percentiles are those of the fast ones alone.
 *
 * Initial-transient deletion on windowed statistics after Welch (The statistical analysis of simulation results, 1983); that a fixed
 * warm-up does not do for a virtual machine, and that some runs never become steady: Barrett et al., Virtual machine warmup blows hot and
 * cold, OOPSLA 2017. Online and with a stated maximum, where theirs are offline, since here it decides when to measure.
 *
 * @param seconds in order from second 0, without gaps
 * @param elapsedMs since the start of the schedule
 * @param cycleMs the engine's checkpoint or trigger interval: outputs may wait for it
 */
export function isSteady(
  seconds: readonly SecondSummary[],
  { elapsedMs, cycleMs }: { readonly elapsedMs: number; readonly cycleMs: number },
  rule: SteadinessRule,
): boolean {
  const length = Math.max(1, Math.round(rule.windowMs / SECOND_MS));
  const end = Math.min(coveredSeconds(seconds), Math.floor(elapsedMs / SECOND_MS));
  if (elapsedMs - end * SECOND_MS > cycleMs + rule.behindMs || end < 2 * length) return false;
  const before = windowOf(seconds.slice(end - 2 * length, end - length), rule);
  const after = windowOf(seconds.slice(end - length, end), rule);
  return before !== null && after !== null && areAlike(before, after, rule);
}

/** How many seconds from the first on are covered to the last sample. */
function coveredSeconds(seconds: readonly SecondSummary[]): number {
  const open = seconds.findIndex(({ samples, expected }) => samples < expected);
  return open < 0 ? seconds.length : open;
}

interface WindowFigures {
  readonly p50Us: number;
  readonly p99Us: number;
}

/** Null for a window with too few samples. */
function windowOf(seconds: readonly SecondSummary[], { leastSamples }: SteadinessRule): WindowFigures | null {
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
