import { expect, test } from 'vitest';
import type { ClaimedRange, Side } from './claim.ts';
import type { ClaimFigure } from './finding.ts';
import { type ComparedPoint, judgeRanges, placementOf } from './ranges.ts';

const range = (side: Side, from: number | null, to: number | null): ClaimedRange => ({
  side,
  unit: 'ms',
  from,
  to,
});
const CLAIMED = [range('event-driven', 10, 100), range('micro-batch', 500, 2_000)];

const estimate = ([low, median, high]: readonly [number, number, number]) => ({
  ...{ low, median, high },
  count: 3,
});

test.each([
  [[10, 50, 100], 10, 100, 'inside'],
  [[1, 5, 9.9], 10, 100, 'below'],
  [[100.1, 150, 200], 10, 100, 'above'],
  [[9, 50, 90], 10, 100, 'astride'],
  [[50, 99, 101], 10, 100, 'astride'],
  [[1, 200, 900], 10, 100, 'astride'],
  [[500, 600, 900], 500, null, 'inside'],
  [[499, 600, 900], 500, null, 'astride'],
  [[1, 2, 3], null, 10, 'inside'],
  [[11, 12, 13], null, 10, 'above'],
] as const)('a range of %j lies within %j to %j as %s', (values, from, to, placement) => {
  expect(placementOf(estimate(values), range('event-driven', from, to))).toBe(placement);
});

type Three = readonly [number, number, number];
const point = (event: Three, batch: Three): ComparedPoint => {
  const of = (side: Side, values: Three): ClaimFigure => ({
    ...{ side, engine: side === 'event-driven' ? 'event' : 'micro-batch', label: 'p99', unit: 'ms' },
    estimate: estimate(values),
    experiment: 'x',
  });
  return {
    at: 'p99',
    figures: { 'event-driven': of('event-driven', event), 'micro-batch': of('micro-batch', batch) },
  };
};
const judge = (...points: readonly ComparedPoint[]) => judgeRanges(points, CLAIMED);
const CLAIMED_POINT = point([20, 30, 40], [600, 700, 800]);

test('all figures in their ranges: holds', () => {
  expect(judge(CLAIMED_POINT, CLAIMED_POINT)).toEqual({
    verdict: 'holds',
    because:
      'p99: event-driven 30.0 ms (inside its range), micro-batch 700 ms (inside its range); p99: event-driven 30.0 ms (inside its range), micro-batch 700 ms (inside its range). Every figure lies in the range that is claimed for it.',
  });
});

test.each([
  ['the order is as claimed and one figure is not', point([20, 30, 40], [300, 310, 320])],
  ['the order is as claimed and no figure is', point([1, 2, 3], [50, 60, 70])],
  ['neither is clearly faster, and one figure is inside', point([400, 900, 990], [600, 700, 800])],
])('%s: holds in part', (_, one) => expect(judge(one).verdict).toBe('in-part'));

test('one point out of its ranges is enough for a part', () => {
  expect(judge(CLAIMED_POINT, point([20, 30, 40], [300, 310, 320])).verdict).toBe('in-part');
});

test.each([
  ['the micro-batch model is the faster one', point([700, 750, 800], [510, 520, 530])],
  [
    'the micro-batch model is the faster one although both are inside elsewhere',
    point([20, 30, 40], [2, 3, 4]),
  ],
  ['no figure is inside and neither model is clearly faster', point([110, 140, 160], [120, 150, 170])],
  ['a difference of less than a tenth is none', point([150, 150, 150], [160, 160, 160])],
])('%s: does not hold here', (_, one) => expect(judge(one).verdict).toBe('not-here'));

test('one point the other way round outweighs those as claimed', () => {
  expect(judge(CLAIMED_POINT, point([900, 950, 990], [600, 610, 620])).verdict).toBe('not-here');
});
