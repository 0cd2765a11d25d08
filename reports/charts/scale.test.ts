import { expect, test } from 'vitest';
import { linearScale, logDomain, logScale, ninesScale } from './scale.ts';

const range = { from: 0, to: 100 };

test('linear ticks are round, and values beyond the domain are clamped', () => {
  const scale = linearScale({ from: 0, to: 21 }, range, 5, String);
  expect(scale.ticks.map((tick) => tick.label)).toEqual(['0', '5', '10', '15', '20']);
  expect([scale.position(10.5), scale.position(-3), scale.position(99)]).toEqual([50, 0, 100]);
});

test('log ticks: powers of ten over many decades, 1-2-5 over few', () => {
  expect(logScale({ from: 10, to: 1e5 }, range, String).ticks.map((tick) => tick.at)).toEqual([
    10, 100, 1e3, 1e4, 1e5,
  ]);
  expect(logScale({ from: 10, to: 100 }, range, String).ticks.map((tick) => tick.at)).toEqual([
    10, 20, 50, 100,
  ]);
  expect(logScale({ from: 10, to: 1_000 }, range, String).position(100)).toBeCloseTo(50, 9);
});

test('each nine takes the same width', () => {
  const scale = ninesScale(4, range);
  expect(scale.ticks.map((tick) => tick.label)).toEqual(['0', '50 %', '90 %', '99 %', '99.9 %', '99.99 %']);
  expect([1, 2, 3, 4].map((nines) => scale.position(nines))).toEqual([25, 50, 75, 100]);
});

test('a log domain needs a positive value and is never a point', () => {
  expect(logDomain([0, 0])).toBeNull();
  expect(logDomain([50])).toEqual({ from: 25, to: 100 });
});
