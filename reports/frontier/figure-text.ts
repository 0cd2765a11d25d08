import type { Coordinate } from './dominance.ts';

/** `226 (221–241)`; without a range of one run or kill; `≥ 90` where the truth may be higher, `226 †` where it was never steady. */
export function figureText(
  { estimate: { median, low, high, count }, open }: Coordinate,
  format: (value: number) => string,
): string {
  if (open === 'better') return `≥ ${format(low)}`;
  const text = count === 1 ? format(median) : `${format(median)} (${format(low)}–${format(high)})`;
  return open === 'worse' ? `${text} †` : text;
}
