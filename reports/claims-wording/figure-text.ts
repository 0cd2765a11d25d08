import type { ClaimFigure } from '../claims/index.ts';
import { bytes, percent, scaleFor, significant, whole } from '../numbers/index.ts';

/** A figure of a finding as every report shows it. */
interface FigureText {
  /** With its unit: `12.3 ms`, `47.1 %`, `× 1.35`. */
  readonly median: string;
  /** Both ends, in the unit of the median: `11.0 to 14.1 ms`. Null of one value, of whose spread nothing is known. */
  readonly range: string | null;
}

/** Words for a figure, all three numbers in one unit. */
export function figureText({ unit, estimate: { median, low, high, count } }: ClaimFigure): FigureText {
  const { unit: shown, format } = wordingOf(unit, [median, low, high]);
  return {
    median: `${format(median)}${shown}`,
    range: count < 2 ? null : `${format(low)} to ${format(high)}${shown}`,
  };
}

interface Wording {
  /** Behind the number, with the space before it where there is one. */
  readonly unit: string;
  readonly format: (value: number) => string;
}

function wordingOf(unit: ClaimFigure['unit'], values: readonly number[]): Wording {
  switch (unit) {
    case 'ms':
    case 'us':
    case 'events/s': {
      const scale = scaleFor(unit, values);
      return { unit: ` ${scale.unit}`, format: scale.format };
    }
    case 'records':
    case 'count':
      return { unit: '', format: (value) => (Number.isInteger(value) ? whole(value) : significant(value)) };
    case 'share':
      return { unit: '', format: percent };
    case 'ratio':
      return { unit: '', format: (value) => `× ${significant(value)}` };
    case 'bytes/s':
      return { unit: '/s', format: bytes };
  }
}
