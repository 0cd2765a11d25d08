import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binOfWholeCycles, LagTrend } from './lag-trend.ts';

/** The trend over six seconds in which each millisecond's input takes `latencyMs` of its due instant. */
function slopeOf(latencyMs: (dueMs: number) => number, ratePerSecond = 10_000, binMs = 1_000): number | null {
  const trend = new LagTrend(ratePerSecond, 3_000, 9_000, binMs);
  for (let dueMs = 0; dueMs < 9_000; dueMs += 1) trend.add(dueMs, latencyMs(dueMs));
  return trend.slopePerSecond();
}

test('a constant latency is a constant lag', () => {
  expect(slopeOf(() => 250)).toBeCloseTo(0);
});

test('a server that takes 10,000/s of 10,200/s gains 200 a second', () => {
  // Each input waits for the excess of all before it: 2 % of its due instant.
  expect(slopeOf((dueMs) => 5 + 0.02 * dueMs, 10_200)).toBeCloseTo(204);
});

test('a lag that shrinks has a negative slope', () => {
  expect(slopeOf((dueMs) => 500 - 0.05 * dueMs)).toBeCloseTo(-500);
});

test('the saw-tooth of a trigger is flat, at any phase, when bins are whole cycles', () => {
  const cases = fc.property(
    fc.constantFrom(100, 250, 300, 500, 700, 1_000, 1_500),
    fc.double({ min: 0, max: 1, noNaN: true }),
    (cycleMs, phase) => {
      const untilTrigger = (dueMs: number): number => cycleMs - ((dueMs + phase * cycleMs) % cycleMs);
      const binMs = binOfWholeCycles(cycleMs);
      expect(
        Math.abs(slopeOf((dueMs) => 40 + untilTrigger(dueMs), 10_000, binMs) ?? Number.NaN),
      ).toBeLessThan(15);
      const behind = slopeOf((dueMs) => 40 + untilTrigger(dueMs) + 0.03 * dueMs, 10_000, binMs);
      expect(behind).toBeGreaterThan(280);
      expect(behind).toBeLessThan(320);
    },
  );
  fc.assert(cases);
});

test('a queue that one of two workers has shows, though the other has none', () => {
  expect(slopeOf((dueMs) => (dueMs % 2 === 0 ? 5 : 5 + 0.1 * dueMs))).toBeCloseTo(500, -1);
});

test('results that are rare, as those of windows are, show a trend', () => {
  const trend = new LagTrend(10_000, 3_000, 9_000, 1_000);
  for (const dueMs of [3_500, 5_500, 7_500]) trend.add(dueMs, 20 + 0.05 * dueMs);
  expect(trend.slopePerSecond()).toBeCloseTo(500);
});

test('inputs outside the stretch count for nothing', () => {
  const trend = new LagTrend(10_000, 3_000, 6_500, 1_000);
  for (const dueMs of [2_999, 6_000, 6_499, 7_000]) trend.add(dueMs, 9_999);
  for (const dueMs of [3_000, 4_000, 5_000]) trend.add(dueMs, 10);
  expect(trend.slopePerSecond()).toBeCloseTo(0);
});

test('fewer than three bins show no trend', () => {
  const trend = new LagTrend(10_000, 0, 6_000, 1_000);
  for (const dueMs of [100, 200, 4_000]) trend.add(dueMs, dueMs);
  expect(trend.slopePerSecond()).toBeNull();
});

test.each([
  [0, 1_000],
  [100, 1_000],
  [250, 1_000],
  [300, 1_200],
  [700, 1_400],
  [1_000, 1_000],
  [10_000, 10_000],
])('bins of a cycle of %d ms are %d ms', (cycleMs, binMs) => expect(binOfWholeCycles(cycleMs)).toBe(binMs));
