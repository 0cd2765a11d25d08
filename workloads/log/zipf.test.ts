import { describe, expect, test } from 'vitest';
import { Zipf } from './zipf.ts';

const RANGE = 2 ** 32;

describe('Zipf', () => {
  test.each([
    [1, 0],
    [7, 0],
    [100, 0.5],
    [1_000, 1],
    [50_000, 1.3],
    [200_000, 0],
  ])('gives each of %i ranks its share of the draws, with exponent %d', (count, exponent) => {
    const zipf = new Zipf(count, exponent);
    const weights = Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let cumulative = 0;
    const misplaced: number[] = [];
    for (const [rank, weight] of weights.entries()) {
      const first = Math.round((cumulative / total) * RANGE);
      cumulative += weight;
      const next = Math.round((cumulative / total) * RANGE);
      if (first === next) continue;
      // Two roundings of the sum may differ by one draw in 2^32.
      const draws = [Math.min(first + 1, next - 1), Math.max(next - 2, first)];
      if (draws.some((draw) => zipf.rank(draw) !== rank)) misplaced.push(rank);
    }
    expect(misplaced).toEqual([]);
  });

  test('has an answer at both ends', () => {
    const zipf = new Zipf(1_000, 1);
    expect(zipf.rank(0)).toBe(0);
    expect(zipf.rank(RANGE - 1)).toBe(999);
  });
});
