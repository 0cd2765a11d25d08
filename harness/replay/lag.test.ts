import { expect, test } from 'vitest';
import { HIGHEST_LATENCY_US } from '../../reports/model/index.ts';
import { lagBetween } from './lag.ts';
import { constantRate } from './schedule/index.ts';

/** Record n is due at n milliseconds. */
const schedule = constantRate(1_000);
const dueUs = (sequence: number): number => sequence * 1_000;

test('covers the records due from the one instant up to, not at, the other', () => {
  const sentUs = Float64Array.from({ length: 100 }, (_, sequence) => dueUs(sequence) + sequence);
  expect(lagBetween(schedule, sentUs, 10, 50)).toMatchObject({ count: 40, min: 10, max: 49, outOfRange: 0 });
  expect(lagBetween(schedule, sentUs, 0, Number.POSITIVE_INFINITY)).toMatchObject({ count: 100, max: 99 });
  expect(lagBetween(schedule, sentUs, 200, 300).count).toBe(0);
});

test('rounds to whole microseconds', () => {
  expect(lagBetween(schedule, Float64Array.of(7.4, dueUs(1) + 7.6), 0, 10)).toMatchObject({ min: 7, max: 8 });
});

test('leaves out what was never sent, and what was let go ahead of its due instant', () => {
  const sentUs = Float64Array.of(5, dueUs(1) - 1, Number.NaN, dueUs(3) + 5);
  expect(lagBetween(schedule, sentUs, 0, 10)).toMatchObject({ count: 2, min: 5, max: 5 });
});

test('counts a lag beyond the range of the histogram', () => {
  const sentUs = Float64Array.of(0, dueUs(1) + HIGHEST_LATENCY_US + 1);
  expect(lagBetween(schedule, sentUs, 0, 10)).toMatchObject({ count: 2, outOfRange: 1, max: null });
});
