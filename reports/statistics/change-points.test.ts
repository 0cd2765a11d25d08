import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { CHANGE_POINT_DEFAULTS, changePoints, studentP } from './change-points.ts';

const options = { ...CHANGE_POINT_DEFAULTS, minimumEffect: 0.05 };

/** A run of values around each level with normal noise of 3 %. */
function planted(seed: number, levels: readonly (readonly [level: number, length: number])[]): number[] {
  const generator = xoroshiro128plus(seed);
  // The first draws of neighbouring seeds are alike.
  for (let i = 0; i < 32; i++) generator.next();
  const uniform = () => (generator.next() >>> 0) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return levels.flatMap(([level, length]) => Array.from({ length }, () => level * (1 + 0.03 * normal())));
}

const indexesOf = (series: readonly number[]) => changePoints(series, options).map(({ index }) => index);

test('planted steps are found where they are, with their levels', () => {
  const series = planted(1, [
    [100, 20],
    [120, 20],
    [90, 20],
  ]);
  const found = changePoints(series, options);
  expect(found.map(({ index }) => index)).toEqual([20, 40]);
  expect(found.map(({ before, after }) => [Math.round(before), Math.round(after)])).toEqual([
    [99, 120],
    [120, 90],
  ]);
  expect(found.every(({ p }) => p < 0.001)).toBe(true);
});

test('a step of 15 % is found within a place of where it is, in any series longer than a window too', () => {
  const near = Array.from({ length: 50 }, (_, seed) =>
    indexesOf(
      planted(seed, [
        [100, 45],
        [115, 25],
      ]),
    ),
  ).filter((found) => found.some((index) => Math.abs(index - 45) <= 1));
  expect(near.length).toBeGreaterThanOrEqual(48);
});

test('pure noise has change points in at most 2 of 100 series', () => {
  const alarms = Array.from({ length: 100 }, (_, seed) => indexesOf(planted(seed, [[100, 30]]))).filter(
    (found) => found.length > 0,
  );
  expect(alarms.length).toBeLessThanOrEqual(2);
});

test('a change below the minimum effect is left out', () => {
  const series = planted(3, [
    [100, 30],
    [112, 30],
  ]);
  expect(indexesOf(series)).toEqual([30]);
  expect(changePoints(series, { ...options, minimumEffect: 0.2 })).toEqual([]);
});

test.each([[[]], [[1]], [[1, 2]], [[5, 5, 5, 5, 5, 5]], [[0, 0, 0, 0]]])('%j has none', (series) => {
  expect(changePoints(series, options)).toEqual([]);
});

test('a step between constant levels is found', () => {
  expect(indexesOf([2, 2, 2, 2, 3, 3, 3, 3])).toEqual([4]);
});

test.each([
  // R's data set `sleep`: t.test(extra ~ group, data = sleep, var.equal = TRUE)$p.value
  [
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
    0.07919,
  ],
  // The critical value of 5 degrees of freedom at 0.01 is 4.0321.
  [[-1, 0, 1], [2.37353, 4.37353, 2.37353, 4.37353], 0.01],
  // One degree of freedom is Cauchy's distribution: 1 - 2 / pi * atan(2 / sqrt(3)).
  [[0], [1, 3], 1 - (2 / Math.PI) * Math.atan(2 / Math.sqrt(3))],
])('t-test of %j and %j', (left, right, p) => {
  expect(studentP(left, right)).toBeCloseTo(p, 5);
});
