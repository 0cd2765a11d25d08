import type { Estimate } from '../evidence/index.ts';

/** A smaller difference of the medians is none, even where the ranges lie apart: of single runs the ranges are points. */
const LEAST_FACTOR = 1.1;

/** Whether one figure is lower than another: the ranges lie apart, and the medians differ by a tenth at least. */
export function clearlyBelow(one: Estimate, other: Estimate): boolean {
  return one.high < other.low && other.median >= LEAST_FACTOR * one.median;
}

/** One estimate over another; the range is the widest that both allow. */
export function ratioOf(one: Estimate, other: Estimate): Estimate {
  return {
    median: one.median / other.median,
    low: one.low / other.high,
    high: one.high / other.low,
    count: Math.min(one.count, other.count),
  };
}

/** What was counted, or computed from an estimate, and so has no range of its own. */
export function exactly(value: number, count = 1): Estimate {
  return { median: value, low: value, high: value, count };
}
