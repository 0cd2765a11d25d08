import { expect, test } from 'vitest';
import { dotsPath, highestPoints, linePath, type Point, rugPath, stepPath, thinPoints } from './path.ts';

const points: readonly Point[] = [
  [0, 10],
  [1.04, 9.5],
  [2, null],
  [3, 4],
];

test('paths lift the pen over gaps', () => {
  expect(linePath(points)).toBe('M0 10h0l1-.5M3 4h0');
  expect(stepPath(points)).toBe('M0 10h0h1v-.5M3 4h0');
  expect(dotsPath(points)).toBe('M0 10h0m1-.5h0M3 4h0');
  expect(rugPath([1, 2.5], 90, 6)).toBe('M1 90v6m1.5-6v6');
});

test('relative steps do not add up rounding errors', () => {
  const path = linePath(Array.from({ length: 1_001 }, (_, i): Point => [i * 0.13, 5]));
  const end = [...path.matchAll(/l(-?[\d.]+)/g)].reduce((sum, [, step]) => sum + Number(step), 0);
  expect(end).toBeCloseTo(130, 6);
});

test('thinning keeps every spike and every dip', () => {
  const many = Array.from({ length: 1_000 }, (_, i): Point => [i, i === 501 ? 900 : i === 777 ? -900 : 5]);
  const thinned = thinPoints(many, 50);
  expect(thinned.length).toBeLessThanOrEqual(100);
  expect(thinned).toContainEqual([501, 900]);
  expect(thinned).toContainEqual([777, -900]);
  expect(highestPoints(many, 50)).toContainEqual([501, 900]);
  expect(highestPoints(many, 50)).toHaveLength(50);
});
