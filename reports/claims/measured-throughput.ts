import { measuredRuns } from '../comparison/index.ts';
import { type Estimate, estimateOf } from '../evidence/index.ts';
import type { Pair } from './claim.ts';
import type { ClaimEvidence } from './claim-evidence.ts';
import { clearlyBelow } from './estimates.ts';
import type { Experiment } from './experiment.ts';
import { spendCells } from './merchant-spend.ts';

/** A rate, and how far it may lie from the truth. */
export interface Throughput {
  readonly estimate: Estimate;
  /** The search ended at what the driver passes, or at the end of its range: the engine may do more than any end of the range says. */
  readonly isLowerBound: boolean;
}

/** Where to look for a rate of merchant-spend. */
export interface ThroughputQuestion {
  readonly experiment: Experiment;
  readonly profile: string;
}

/**
 * The sustainable rate under an objective, from its searches. The range reaches from the lowest answer to the highest rate that failed: one
 * search says no more than that the truth lies in its bracket. 0 where not even the lowest rate held. Null without a search that passed.
 */
export function sustainedOf(
  evidence: ClaimEvidence,
  engine: Pair[keyof Pair],
  { experiment, profile }: ThroughputQuestion,
  slo: { readonly percentile: number; readonly limitMs: number },
): Throughput | null {
  const searches = spendCells(evidence, experiment, engine, profile)
    .flatMap((cell) => measuredRuns(cell, 'sustain'))
    .map(({ figures }) => figures)
    .filter((one) => one.slo.percentile === slo.percentile && one.slo.limitMs === slo.limitMs);
  const estimate = estimateOf(searches.map(({ sustainablePerSecond }) => sustainablePerSecond ?? 0));
  if (estimate === null) return null;
  const failed = searches.flatMap(({ bracket }) => bracket.fails ?? []);
  return {
    estimate: { ...estimate, high: Math.max(estimate.high, ...failed) },
    isLowerBound: searches.some(({ limitedBy }) => limitedBy === 'driver' || limitedBy === 'range'),
  };
}

/** The rate at which a backlog was worked off; null without a drain that passed. */
export function drainedOf(
  evidence: ClaimEvidence,
  engine: Pair[keyof Pair],
  { experiment, profile }: ThroughputQuestion,
): Throughput | null {
  const cells = spendCells(evidence, experiment, engine, profile);
  const drains = cells.flatMap((cell) => measuredRuns(cell, 'drain'));
  const estimate = estimateOf(drains.map(({ figures }) => figures.eventsPerSecond));
  return estimate === null ? null : { estimate, isLowerBound: false };
}

/** Which of two is clearly higher; `open` where none is, or the lower one may do more than was measured. */
export function compareThroughput(one: Throughput, other: Throughput): 'higher' | 'lower' | 'open' {
  if (!other.isLowerBound && clearlyBelow(other.estimate, one.estimate)) return 'higher';
  if (!one.isLowerBound && clearlyBelow(one.estimate, other.estimate)) return 'lower';
  return 'open';
}
