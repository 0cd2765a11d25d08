import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianInterval, repeated } from './median-interval.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test.each([
  [2, 1, 2, 0.5],
  [5, 1, 5, 0.9375],
  [6, 1, 6, 0.96875],
  [10, 2, 9, 0.978516],
  [20, 6, 15, 0.958611],
  [50, 18, 33, 0.967158],
])('%i values: from the %ith to the %ith, as the published tables have it', (count, low, high, coverage) => {
  const interval = medianInterval(numbered(count));
  expect(interval).toMatchObject({ low, high });
  expect(interval?.coverage).toBeCloseTo(coverage, 5);
});

test('one value has no interval, and none has nothing', () => {
  expect(medianInterval([7])).toBeNull();
  expect(repeated([7])).toEqual({ median: 7, interval: null, max: 7, count: 1 });
  expect(repeated([])).toBeNull();
});

test('the interval holds the median, in any order of the values, and reaches 95 % from six on', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 2 }), (values) => {
      const found = repeated(values);
      const interval = found?.interval;
      expect(medianInterval([...values].reverse())).toEqual(interval);
      expect(interval?.low).toBeLessThanOrEqual(found?.median ?? Number.NaN);
      expect(interval?.high).toBeGreaterThanOrEqual(found?.median ?? Number.NaN);
      if (values.length >= 6) expect(interval?.coverage).toBeGreaterThanOrEqual(0.95);
    }),
  );
});
