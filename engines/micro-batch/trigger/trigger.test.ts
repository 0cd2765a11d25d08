import { expect, test } from 'vitest';
import { limitBatch } from './rate-limit.ts';
import { nextTriggerMs } from './trigger-grid.ts';

test.each([
  // The cases of ProcessingTimeExecutorSuite of Spark.
  [0, 100, 100],
  [1, 100, 100],
  [99, 100, 100],
  [100, 100, 200],
  [101, 100, 200],
  [150, 100, 200],
  [7, 0, 7],
])('after %i ms the next trigger on a grid of %i ms is at %i ms', (nowMs, intervalMs, expected) => {
  expect(nextTriggerMs(nowMs, intervalMs)).toBe(expected);
});

test.each([
  { from: [0, 0], available: [10, 10], max: 0, to: [10, 10] },
  { from: [0, 0], available: [10, 10], max: 20, to: [10, 10] },
  { from: [0, 0], available: [30, 10], max: 20, to: [15, 5] },
  { from: [5, 5, 5], available: [5, 105, 1005], max: 110, to: [5, 15, 105] },
  { from: [0, 0], available: [1, 999], max: 10, to: [1, 9] },
])('a batch of at most $max records from $from of $available ends at $to', ({ from, available, max, to }) => {
  expect(limitBatch(from, available, max)).toEqual(to);
});
