import fc from 'fast-check';
import type { Histogram } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import {
  createLatencyHistogram,
  distributionOf,
  histogramOf,
  mergeDistributions,
  percentileOf,
} from './histogram.ts';

/** A histogram of the full range takes milliseconds to make, so that few runs must do. */
const RUNS = { numRuns: 40 };

const latencies = fc.array(fc.integer({ min: 0, max: 119_000_000 }), { maxLength: 200 });

function distributionFrom(values: readonly number[], outOfRange = 0) {
  const histogram = createLatencyHistogram();
  for (const value of values) histogram.recordValue(value);
  return distributionOf(histogram, outOfRange);
}

test('a histogram survives its encoding', () => {
  fc.assert(
    fc.property(latencies, (values) => {
      const distribution = distributionFrom(values);
      expect(distributionOf(histogramOf(distribution) as Histogram)).toEqual(distribution);
    }),
    RUNS,
  );
});

test('merging equals recording everything in one histogram', () => {
  fc.assert(
    fc.property(latencies, latencies, fc.nat(30), (some, others, outOfRange) => {
      const merged = mergeDistributions([distributionFrom(some), distributionFrom(others, outOfRange)]);
      expect(merged).toEqual(distributionFrom([...some, ...others], outOfRange));
    }),
    RUNS,
  );
});

test('a percentile is the nearest rank within three digits, and null with fewer than ten samples beyond', () => {
  fc.assert(
    fc.property(latencies, fc.constantFrom(0, 50, 90, 99), fc.nat(20), (values, percentile, outOfRange) => {
      const sorted = [...values].sort((a, b) => a - b);
      const count = values.length + outOfRange;
      const rank = Math.max(1, Math.ceil((count * percentile) / 100));
      const found = percentileOf(histogramOf(distributionFrom(values)) as Histogram, percentile, outOfRange);
      const exact = sorted[rank - 1];
      if (count - rank < 10 || exact === undefined) {
        expect(found).toBeNull();
      } else {
        expect(Math.abs((found ?? Number.NaN) - exact)).toBeLessThanOrEqual(Math.max(1, exact / 1_000));
      }
    }),
    RUNS,
  );
});

test('samples out of range hide the maximum and count as beyond', () => {
  const distribution = distributionFrom(
    Array.from({ length: 100 }, (_, i) => i),
    5,
  );
  expect(distribution).toMatchObject({
    count: 105,
    outOfRange: 5,
    max: null,
    mean: null,
    p50: 52,
    p99: null,
  });
});

test('a distribution whose histogram was left out makes a merged one without percentiles', () => {
  const histogram = createLatencyHistogram();
  histogram.recordValueWithCount(1_000, 5_000);
  const whole = distributionOf(histogram);
  const merged = mergeDistributions([whole, { ...whole, histogram: null }]);
  expect(merged).toMatchObject({ count: 10_000, p50: null, p99: null, histogram: null });
});
