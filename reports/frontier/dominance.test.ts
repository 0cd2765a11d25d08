import { expect, test } from 'vitest';
import { type Coordinate, type Coordinates, dominates, isRepeatedlyApart } from './dominance.ts';

const between = (low: number, median: number, high: number): Coordinate => ({
  estimate: { low, median, high, count: 3 },
  open: 'no',
});
const once = (value: number): Coordinate => ({
  estimate: { low: value, median: value, high: value, count: 1 },
  open: 'no',
});

test.each<[string, Coordinates, Coordinates, boolean]>([
  [
    'as good in one, better in the other',
    { p99Ms: once(10), cpuSecondsPerMillion: once(5) },
    { p99Ms: once(20), cpuSecondsPerMillion: once(5) },
    true,
  ],
  [
    'better in one, a little worse in the other',
    { p99Ms: once(10), cpuSecondsPerMillion: once(5.01) },
    { p99Ms: once(20), cpuSecondsPerMillion: once(5) },
    false,
  ],
  [
    'a worse low end',
    { p99Ms: once(10), cpuSecondsPerMillion: between(4, 5, 6) },
    { p99Ms: once(20), cpuSecondsPerMillion: between(3, 5, 6) },
    false,
  ],
  [
    'a worse high end',
    { p99Ms: once(10), cpuSecondsPerMillion: between(4, 5, 7) },
    { p99Ms: once(20), cpuSecondsPerMillion: between(4, 5, 6) },
    false,
  ],
  [
    'a worse median',
    { p99Ms: once(10), cpuSecondsPerMillion: between(4, 5.5, 6) },
    { p99Ms: once(20), cpuSecondsPerMillion: between(4, 5, 6) },
    false,
  ],
  [
    'a rate higher by less than its minimum effect of 5 %',
    { p99Ms: once(10), sustainablePerSecond: once(1_049) },
    { p99Ms: once(10), sustainablePerSecond: once(1_000) },
    false,
  ],
  [
    'a rate higher by more than that',
    { p99Ms: once(10), sustainablePerSecond: once(1_051) },
    { p99Ms: once(10), sustainablePerSecond: once(1_000) },
    true,
  ],
  ['one figure alone', { p99Ms: once(10), cpuSecondsPerMillion: once(5) }, { p99Ms: once(20) }, false],
  [
    'a figure that only the better one has',
    { p99Ms: once(10), cpuSecondsPerMillion: once(5), sustainablePerSecond: once(1) },
    { p99Ms: once(20), cpuSecondsPerMillion: once(5) },
    true,
  ],
  [
    'a figure that only the worse one has',
    { p99Ms: once(10), cpuSecondsPerMillion: once(5) },
    { p99Ms: once(20), cpuSecondsPerMillion: once(5), sustainablePerSecond: once(1) },
    false,
  ],
])('%s', (_, one, other, dominated) => {
  expect(dominates(one, other)).toBe(dominated);
});

test('repeated runs tell two apart only where both sides have them', () => {
  const low = { p99Ms: between(9, 10, 11), cpuSecondsPerMillion: once(1) };
  const high = { p99Ms: between(19, 20, 21), cpuSecondsPerMillion: once(5) };
  expect(isRepeatedlyApart(low, high)).toBe(true);
  expect(isRepeatedlyApart(low, { ...high, p99Ms: once(20) })).toBe(false);
  expect(isRepeatedlyApart({ ...low, p99Ms: between(9, 10, 18) }, high)).toBe(false);
});
