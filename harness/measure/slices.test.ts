import { expect, test } from 'vitest';
import { nearestRank, sliceSamples } from './slices.ts';

function columns(samples: readonly { readonly dueMs: number; readonly latencyUs: number }[]) {
  return {
    dueMs: Float64Array.from(samples, ({ dueMs }) => dueMs),
    latencyUs: Float64Array.from(samples, ({ latencyUs }) => latencyUs),
  };
}

test('the nearest rank is the smallest value with at least that share at or below it', () => {
  const sorted = Float64Array.from({ length: 200 }, (_, index) => index + 1);
  expect(nearestRank(sorted, 0.5)).toBe(100);
  expect(nearestRank(sorted, 0.99)).toBe(198);
  expect(nearestRank(sorted, 1)).toBe(200);
  expect(nearestRank(new Float64Array(0), 0.5)).toBeNull();
});

test('samples fall into the slice of their due instant, and lag counts those not yet seen at its end', () => {
  const samples = [
    { dueMs: 10, latencyUs: 5_000 },
    { dueMs: 90, latencyUs: 250_000 },
    { dueMs: 150, latencyUs: 20_000 },
  ];
  const slices = sliceSamples(columns(samples), Float64Array.from([15, 170, 340]), 100, 400);
  expect(
    slices.map(({ atMs, samples: count, lag, outputs, max }) => ({ atMs, count, lag, outputs, max })),
  ).toEqual([
    { atMs: 0, count: 2, lag: 1, outputs: 1, max: 250_000 },
    { atMs: 100, count: 1, lag: 1, outputs: 1, max: 20_000 },
    { atMs: 200, count: 0, lag: 1, outputs: 0, max: null },
    { atMs: 300, count: 0, lag: 0, outputs: 1, max: null },
  ]);
});

test('every sample stands in exactly one bucket of the heat map', () => {
  const samples = [50, 100, 101, 9_999_999_999].map((latencyUs) => ({ dueMs: 0, latencyUs }));
  const [slice] = sliceSamples(columns(samples), new Float64Array(0), 100, 100);
  expect(slice?.heat.reduce((total, count) => total + count, 0)).toBe(4);
  expect(slice?.heat[0]).toBe(2);
  expect(slice?.heat.at(-1)).toBe(1);
});

test('what is due or seen after the end is in no slice', () => {
  const samples = [
    { dueMs: 150, latencyUs: 90_000 },
    { dueMs: 900, latencyUs: -600_000 },
  ];
  const slices = sliceSamples(columns(samples), Float64Array.from([190, 240, 300]), 100, 200);
  expect(slices.map(({ samples: count, outputs, lag }) => ({ count, outputs, lag }))).toEqual([
    { count: 0, outputs: 0, lag: 0 },
    { count: 1, outputs: 1, lag: 1 },
  ]);
});
