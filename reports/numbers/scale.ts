import type { MetricUnit } from '../model/index.ts';
import { significant, whole } from './format.ts';

/** How a column of values is shown: one unit for all of it, so that its numbers can be compared by eye. */
export interface UnitScale {
  /** Unit as the header says it; empty for counts. */
  readonly unit: string;
  format(value: number): string;
}

/** Chooses the unit of a column by its smallest value that is not 0. */
export function scaleFor(unit: MetricUnit, values: readonly number[]): UnitScale {
  const smallest = Math.min(...values.filter((value) => value > 0));
  switch (unit) {
    case 'us':
      return durationScale(smallest, 1);
    case 'ms':
      return durationScale(smallest, 1_000);
    case 'events/s':
      return Number.isFinite(smallest) && smallest >= 1_000
        ? { unit: 'k/s', format: (value) => significant(value / 1_000) }
        : { unit: '/s', format: significant };
    case 'records':
    case 'samples':
      return { unit: '', format: whole };
    case 'CPU-s per million events':
      return { unit: 's', format: significant };
    case 'MiB':
      return { unit: 'MiB', format: significant };
  }
}

/** One value with its own unit: 18.3 ms. */
export function withUnit(unit: MetricUnit, value: number): string {
  const scale = scaleFor(unit, [value]);
  return scale.unit === '' ? scale.format(value) : `${scale.format(value)} ${scale.unit}`;
}

function durationScale(smallest: number, microsecondsPerUnit: number): UnitScale {
  const smallestUs = smallest * microsecondsPerUnit;
  const shownIn = (unit: string, microseconds: number): UnitScale => ({
    unit,
    format: (value) => significant((value * microsecondsPerUnit) / microseconds),
  });
  if (!Number.isFinite(smallestUs)) return shownIn('ms', 1_000);
  if (smallestUs >= 1_000_000) return shownIn('s', 1_000_000);
  if (smallestUs >= 100) return shownIn('ms', 1_000);
  return shownIn('us', 1);
}
