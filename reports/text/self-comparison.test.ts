import { expect, test } from 'vitest';
import type { SelfComparison } from '../regression/index.ts';
import { renderSelfText } from './self-comparison.ts';

const row = {
  workload: 'merchant-spend',
  guarantee: 'at-least-once',
  cell: 'event-driven',
  metric: 'latency-p99',
  level: 'error',
  minimumEffect: 0.1,
  runs: 20,
  belowAlpha: 0.045,
  changed: 0,
  detectable: 0.098,
  limit: 'shown',
  runsNeeded: null,
} as const;

const self: SelfComparison = {
  name: 'main\u001b[2J',
  alpha: 0.05,
  tests: 3,
  splits: 200,
  falseAlarms: 0.005,
  rows: [
    row,
    {
      ...row,
      metric: 'drain-rate',
      minimumEffect: 0.05,
      detectable: 0.121,
      limit: 'too small',
      runsNeeded: 118,
    },
    {
      ...row,
      metric: 'recovery-caught-up',
      minimumEffect: 0.15,
      runs: 5,
      detectable: null,
      limit: 'too small',
      runsNeeded: 9,
    },
  ],
};

test('what this many runs can and cannot see', () => {
  expect(renderSelfText(self, { colour: false })).toMatchInlineSnapshot(`
    "merchant-spend, at-least-once
                                    halves   called         smallest change   runs for
    cell          metric      n  p < level  changed  limit     seen in 80 %  the limit
    event-driven  p99        20      4.5 %      0 %   10 %            9.8 %
    event-driven  drain      20      4.5 %      0 %    5 %             12 %       ~118
    event-driven  caught up   5      4.5 %      0 %   15 %             none         ~9

    main�[2J against itself: 200 random splits into halves, 3 metrics, level 0.05
    false alarms: 0.5 % of the splits call some metric changed
    2 of 3 metrics: the limit is below the smallest change that so many runs show; run as often as the last column says, or raise minimumEffect
    "
  `);
});

test('too few runs for halves', () => {
  expect(renderSelfText({ ...self, rows: [], tests: 0 }, { colour: false })).toBe(
    'no metric has the four runs that halves need\n',
  );
});
