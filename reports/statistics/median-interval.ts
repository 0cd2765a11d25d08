import { median } from './median.ts';

/** A range between two of the values that covers the median of what they were drawn from. */
export interface MedianInterval {
  readonly low: number;
  readonly high: number;
  /** Probability with which such a range covers the median, 0 to 1: at least 0.95 from six values on, less below. */
  readonly coverage: number;
}

/** Values of repeated runs or kills. */
export interface Repeated {
  readonly median: number;
  /** Null for one value. */
  readonly interval: MedianInterval | null;
  readonly max: number;
  readonly count: number;
}

/** Median, interval and maximum of values; null of nothing. */
export function repeated(values: readonly number[]): Repeated | null {
  const middle = median(values);
  if (middle === null) return null;
  return { median: middle, interval: medianInterval(values), max: Math.max(...values), count: values.length };
}

const WANTED_COVERAGE = 0.95;

/**
 * The narrowest symmetric pair of order statistics that covers the median with 95 %, or, of fewer than six values, the whole range
 * with the coverage that it has. Exact for any distribution, with no resampling: the number of values below the median is binomial
 * with p = 1/2 (Conover, Practical Nonparametric Statistics, 3.2). Null of fewer than two values.
 */
export function medianInterval(values: readonly number[]): MedianInterval | null {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  let beyond = 0.5 ** count;
  let term = beyond;
  let chosen: MedianInterval | null = null;
  for (let k = 0; k < count >> 1; k++) {
    const [low, high] = [sorted[k], sorted[count - 1 - k]];
    const coverage = 1 - 2 * beyond;
    if (low === undefined || high === undefined || (k > 0 && coverage < WANTED_COVERAGE)) break;
    chosen = { low, high, coverage };
    term *= (count - k) / (k + 1);
    beyond += term;
  }
  return chosen;
}
