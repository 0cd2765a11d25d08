import type { Estimate } from '../evidence/index.ts';

/** `226 (221–241)`; without a range of one run or kill; `≥ 90` of a lower bound. */
export function figureText(
  { median, low, high, count }: Estimate,
  format: (value: number) => string,
  isLowerBound = false,
): string {
  if (isLowerBound) return `≥ ${format(low)}`;
  return count === 1 ? format(median) : `${format(median)} (${format(low)}–${format(high)})`;
}
