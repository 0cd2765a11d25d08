import type { ClaimedRange } from '../claims/index.ts';

/** A claimed range in words: `10 ms to 100 ms`, `500 ms or more`, `10 ms or less`. */
export function claimedText({ unit, from, to }: ClaimedRange): string {
  if (from !== null && to !== null) return `${endText(unit, from)} to ${endText(unit, to)}`;
  if (from !== null) return `${endText(unit, from)} or more`;
  return to === null ? 'any' : `${endText(unit, to)} or less`;
}

/** Ends are round numbers: no zeros behind the point. */
function endText(unit: ClaimedRange['unit'], value: number): string {
  const plain = (number: number) => String(Number(number.toPrecision(3)));
  if (unit === 'ms') return value >= 1_000 ? `${plain(value / 1_000)} s` : `${plain(value)} ms`;
  return value >= 1_000 ? `${plain(value / 1_000)} k/s` : `${plain(value)}/s`;
}
