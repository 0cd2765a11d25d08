import { repeated } from '../statistics/index.ts';

/** A median over runs or kills, with the range that covers it. */
export interface Estimate {
  readonly median: number;
  /** Ends of the range that covers the median (`medianInterval`); both are the median where `count` is 1, and nothing is known of its spread. */
  readonly low: number;
  readonly high: number;
  /** Values that it rests on. */
  readonly count: number;
}

/** The estimate of values; null of none. */
export function estimateOf(values: readonly number[]): Estimate | null {
  const found = repeated(values);
  if (found === null) return null;
  const { low, high } = found.interval ?? { low: found.median, high: found.median };
  return { median: found.median, low, high, count: found.count };
}

/** Whether two ranges have a value in common: then the measurements do not tell which is lower. */
export function overlaps(one: Estimate, other: Estimate): boolean {
  return one.low <= other.high && other.low <= one.high;
}
