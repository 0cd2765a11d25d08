import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLatencyHistogram, distributionOf, HIGHEST_LATENCY_US } from '../../reports/model/index.ts';
import { LatencyCounts } from './latency-counts.ts';

const RUNS = { numRuns: 40 };
const latencies = fc.array(
  fc.oneof(
    fc.integer({ min: -5_000, max: 3_000 }),
    fc.integer({ min: 0, max: HIGHEST_LATENCY_US }),
    fc.integer({ min: 0, max: 27 }).map((power) => Math.min(HIGHEST_LATENCY_US, 2 ** power)),
    fc.integer({ min: HIGHEST_LATENCY_US - 2, max: HIGHEST_LATENCY_US + 2 }),
    fc.double({ min: 0, max: 5_000, noNaN: true }),
  ),
  { maxLength: 200 },
);

function countsOf(values: readonly number[]): LatencyCounts {
  const counts = new LatencyCounts();
  for (const value of values) counts.record(value);
  return counts;
}

test('the distribution is that of the HDR histogram itself', () => {
  fc.assert(
    fc.property(latencies, (values) => {
      const histogram = createLatencyHistogram();
      const inRange = values.filter((value) => value <= HIGHEST_LATENCY_US);
      for (const value of inRange) histogram.recordValue(Math.max(0, Math.round(value)));
      const counts = countsOf(values);
      expect(counts.distribution()).toEqual(distributionOf(histogram, values.length - inRange.length));
      expect(counts.count).toBe(values.length);
      expect(counts.negative).toBe(values.filter((value) => value < 0).length);
    }),
    RUNS,
  );
});

test('a quantile is the nearest rank within three digits, and the maximum is exact', () => {
  fc.assert(
    fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const counts = countsOf(values);
      if (values.length === 0) {
        expect([counts.quantileUs(share), counts.maxUs]).toEqual([null, null]);
        return;
      }
      const sorted = values.map((value) => Math.max(0, value)).sort((a, b) => a - b);
      const exact = sorted[Math.max(1, Math.ceil(values.length * share)) - 1] as number;
      expect(Math.abs((counts.quantileUs(share) ?? Number.NaN) - exact)).toBeLessThanOrEqual(
        Math.max(1, exact / 1_000),
      );
      expect(counts.maxUs).toBe(Math.max(...values));
    }),
    RUNS,
  );
});
