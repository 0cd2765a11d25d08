import { expect, test } from 'vitest';
import type { ClaimFigure } from '../claims/index.ts';
import { claimedText, figureText } from './index.ts';

const figure = (unit: ClaimFigure['unit'], median: number, low: number, high: number): ClaimFigure => ({
  side: 'event-driven',
  engine: 'event',
  label: 'x',
  unit,
  estimate: { median, low, high, count: 6 },
  experiment: null,
});

test.each([
  [figure('ms', 12.34, 11, 14.06), '12.3 ms', '11.0 to 14.1 ms'],
  [figure('ms', 1_200, 900, 1_404), '1,200 ms', '900 to 1,400 ms'],
  [figure('us', 80, 70, 90), '80.0 us', '70.0 to 90.0 us'],
  [figure('events/s', 52_000, 48_000, 60_000), '52.0 k/s', '48.0 to 60.0 k/s'],
  [figure('events/s', 520, 480, 600), '520 /s', '480 to 600 /s'],
  [figure('share', 0.471, 0, 1), '47.1 %', '0.0 % to 100.0 %'],
  [figure('ratio', 1.346, 1.2, 2), '× 1.35', '× 1.20 to × 2.00'],
  [figure('bytes/s', 1_310_720, 0, 2e6), '1.31 MB/s', '0 B to 2.00 MB/s'],
  [figure('records', 3, 0, 12_345), '3', '0 to 12,345'],
  [figure('count', 2.5, 2, 3), '2.50', '2 to 3'],
])('a figure has its three numbers in one unit', (one, median, range) => {
  expect(figureText(one)).toEqual({ median, range });
});

test('one value has no range', () => {
  const one = figure('ms', 5, 5, 5);
  expect(figureText({ ...one, estimate: { ...one.estimate, count: 1 } })).toEqual({
    median: '5.00 ms',
    range: null,
  });
});

test.each([
  ['ms', 500, 2_000, '500 ms to 2 s'],
  ['ms', 500, null, '500 ms or more'],
  ['ms', null, 10, '10 ms or less'],
  ['events/s', 50_000, null, '50 k/s or more'],
  ['events/s', null, 500, '500/s or less'],
] as const)('a claimed range of %s from %j to %j is told in words', (unit, from, to, text) => {
  expect(claimedText({ side: 'event-driven', unit, from, to })).toBe(text);
});
