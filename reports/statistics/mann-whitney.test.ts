import { expect, test } from 'vitest';
import { mannWhitney, smallestP, winsNeeded, winsOf } from './index.ts';

// SciPy 1.17.1: python3 -c "from scipy.stats import mannwhitneyu as m; print(m(a, b, method='exact').pvalue)"
const before = [10.1, 9.7, 10.4, 10.0, 9.9, 10.3, 10.2, 9.8, 10.6, 9.5];
const after = [10.7, 10.05, 11.1, 10.9, 10.45, 11.3, 10.8, 9.95, 11.0, 10.35];
test.each([
  [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 0.007936507936507936],
  [[1.1, 2.3, 0.7, 4.4, 3.2, 5.9], [2.9, 6.1, 7.3, 8.8, 5.2, 9.4], 0.025974025974025976],
  [before, after, 0.0051960423477451344],
])('without ties, as SciPy has it: %j against %j', (a, b, p) => {
  expect(mannWhitney(a, b)).toBeCloseTo(p, 14);
  expect(mannWhitney(b, a)).toBeCloseTo(p, 14);
});

// permutation_test((a, b), lambda x, y, axis: m(x, y, axis=axis, method='asymptotic').statistic, vectorized=True, n_resamples=np.inf).pvalue
test.each([
  [[1, 2, 2, 3, 3], [2, 3, 4, 4, 5], 0.1111111111111111],
  [[5, 5, 5, 6, 7, 7], [5, 7, 7, 8, 8, 9], 0.08008658008658008],
])('with ties, as all permutations have it: %j against %j', (a, b, p) =>
  expect(mannWhitney(a, b)).toBeCloseTo(p, 14),
);

// m([(i*7)%23 for i in range(25)], [(i*5)%19+4 for i in range(22)], method='asymptotic').pvalue
test('above 40 values, as the normal approximation with ties and continuity has it', () => {
  const a = Array.from({ length: 25 }, (_, i) => (i * 7) % 23);
  const b = Array.from({ length: 22 }, (_, i) => ((i * 5) % 19) + 4);
  expect(mannWhitney(a, b)).toBeCloseTo(0.29572207445860865, 6);
});

test('values that are all equal show nothing, and the smallest p is that of sets apart', () => {
  expect(mannWhitney([4, 4, 4], [4, 4, 4, 4])).toBe(1);
  expect(mannWhitney(Array(30).fill(4), Array(30).fill(4))).toBe(1);
  expect(smallestP(5, 5)).toBeCloseTo(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]), 14);
});

test.each([
  [5, 0.05],
  [10, 0.0002],
  [25, 0.01],
])('two sets of %i are told apart at %d from the wins needed on, and not before', (size, level) => {
  const needed = winsNeeded(size, level) ?? 0;
  // The second set wins `size` pairs for each whole place, and the rest with one value of it in between.
  const pAt = (wins: number) => {
    const first = Array.from({ length: size }, (_, i) => i);
    const second = first.map((_, i) => {
      const won = Math.min(size, Math.max(0, wins - i * size));
      return won - 0.5 + i / 1_000;
    });
    second.sort((a, b) => a - b);
    expect(winsOf(second, first)).toBe(wins);
    return mannWhitney(first, second);
  };
  expect(pAt(needed)).toBeLessThan(level);
  expect(pAt(needed - 1)).toBeGreaterThanOrEqual(level);
});

test('equal values win half a pair, and sets too small for a level never get there', () => {
  expect(winsOf([2, 2, 3], [1, 2, 3])).toBe(1.5 + 1.5 + 2.5);
  expect(winsNeeded(3, 0.05)).toBeNull();
});
