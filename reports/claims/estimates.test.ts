import { expect, test } from 'vitest';
import { clearlyBelow, exactly, ratioOf } from './estimates.ts';

const between = (low: number, median: number, high: number) => ({ low, median, high, count: 3 });

test('clearly below: ranges that lie apart, and medians by a tenth', () => {
  expect(clearlyBelow(between(1, 2, 3), between(4, 5, 6))).toBe(true);
  expect(clearlyBelow(between(4, 5, 6), between(1, 2, 3))).toBe(false);
  expect(clearlyBelow(between(1, 2, 4), between(4, 5, 6))).toBe(false);
  expect(clearlyBelow(exactly(100), exactly(105))).toBe(false);
  expect(clearlyBelow(exactly(100), exactly(110.1))).toBe(true);
});

test('a ratio has the widest range that both allow', () => {
  expect(ratioOf(between(10, 20, 40), { ...between(1, 2, 4), count: 2 })).toEqual({
    ...between(2.5, 10, 40),
    count: 2,
  });
});
