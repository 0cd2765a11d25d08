import { expect, test } from 'vitest';
import {
  type RegressionReport,
  type RegressionRow,
  regressionReportSchema,
  type Side,
} from '../regression/index.ts';
import { MALICIOUS } from '../testing/index.ts';
import { renderRegressionText } from './regression.ts';

const side = (name: string, gitCommit: string | null): Side => ({
  name,
  gitCommit,
  gitDirty: false,
  createdAt: '2026-01-02T03:04:05.000Z',
  command: ['crosscurrent', 'run'],
  results: 10,
  passedRuns: 40,
  refusedRuns: 0,
  wrong: [],
});

const sample = (median: number, spread: number): NonNullable<RegressionRow['base']> => ({
  values: Array.from({ length: 10 }, (_, i) => median * (1 + (spread * (i - 4.5)) / 4.5)),
  median,
  interval: { low: median * (1 - spread), high: median * (1 + spread), coverage: 0.978 },
});

const row: RegressionRow = {
  workload: 'merchant-spend',
  engine: 'event',
  profile: 'default',
  guarantee: 'at-least-once',
  variables: {},
  cell: 'event-driven',
  metric: 'latency-p99',
  level: 'error',
  minimumEffect: 0.1,
  base: sample(12_400, 0.03),
  head: sample(14_900, 0.04),
  ratio: { value: 1.202, low: 1.15, high: 1.26 },
  p: 0.0001,
  pHolm: 0.0006,
  verdict: 'regressed',
  sentence: 'the median rose by 20 %, more than the limit of 10 %, and that is no chance (p < 0.001).',
  confirmation: 'confirmed',
};

const few = { values: [12, 13, 14], median: 13, interval: null };

const rows: readonly RegressionRow[] = [
  row,
  {
    ...row,
    metric: 'drain-rate',
    minimumEffect: 0.05,
    base: sample(48_100, 0.01),
    head: sample(53_000, 0.01),
    ratio: { value: 1.1019, low: 1.08, high: 1.12 },
    verdict: 'improved',
    sentence: 'the median rose by 10 %.',
    confirmation: null,
  },
  {
    ...row,
    cell: 'micro-batch',
    engine: 'micro-batch',
    metric: 'latency-p50',
    minimumEffect: 0.05,
    head: sample(12_300, 0.03),
    ratio: { value: 0.992, low: 0.985, high: 1.004 },
    p: 0.31,
    pHolm: 0.62,
    verdict: 'unchanged',
    sentence: 'no difference beyond the limit.',
    confirmation: null,
  },
  {
    ...row,
    cell: 'micro-batch',
    engine: 'micro-batch',
    metric: 'latency-p999',
    level: 'warn',
    head: sample(14_200, 0.3),
    ratio: { value: 1.145, low: 0.86, high: 1.3 },
    p: 0.2,
    pHolm: 0.6,
    verdict: 'within noise',
    sentence: 'the medians differ by 15 %, which chance explains.',
    confirmation: null,
  },
  ...(['recovery-first-output', 'recovery-caught-up'] as const).map(
    (metric): RegressionRow => ({
      ...row,
      guarantee: 'exactly-once',
      metric,
      base: few,
      head: few,
      ratio: { value: 1, low: 1, high: 1 },
      p: 1,
      pHolm: 1,
      verdict: 'inconclusive',
      sentence: 'inconclusive (need >= 6 runs, have 3)',
      confirmation: null,
    }),
  ),
  {
    ...row,
    guarantee: 'exactly-once',
    metric: 'peak-rss',
    base: null,
    ratio: null,
    p: null,
    pHolm: null,
    verdict: 'new',
    sentence: 'measured in head alone.',
    confirmation: null,
  },
];

const report: RegressionReport = {
  kind: 'crosscurrent-regression-report',
  schemaVersion: 1,
  base: side('main', '4f1c2e0aa11b'),
  head: { ...side('work', '9ab77d1cc22d'), gitDirty: true, passedRuns: 39, refusedRuns: 1 },
  alpha: 0.05,
  minimumRuns: 6,
  seed: 1,
  tests: 4,
  differences: [],
  cellDifferences: [],
  rows: [...rows],
  counts: {
    regressed: 1,
    improved: 1,
    unchanged: 1,
    'within noise': 1,
    inconclusive: 2,
    'not comparable': 0,
    missing: 0,
    new: 1,
  },
  outcome: 'regressed',
  remarks: ['1 run of head was refused.'],
};

test('the report that these tests render is one', () => {
  expect(regressionReportSchema.parse(report)).toEqual(report);
});

test('a block a workload and guarantee, then counts, sentences, remarks and the outcome', () => {
  expect(renderRegressionText(report, { colour: false })).toMatchInlineSnapshot(`
    "base  main  4f1c2e0aa11b            10 results  40 runs passed
    head  work  9ab77d1cc22d + changes  10 results  39 runs passed, 1 not
    medians over runs ± 95 %; change is head against base; p from Mann-Whitney, after Holm over 4 tests; level 0.05

    merchant-spend, at-least-once
    cell          metric      base            head         change [95 % CI]      verdict                    p   n         limit
    event-driven  p99      12.4 ms  ±3 %   14.9 ms  ±4 %   +20 % [+15 %, +26 %]  REGRESSED, confirmed  <0.001  10         +10 %
                  drain   48.1 k/s  ±1 %  53.0 k/s  ±1 %   +10 % [+8 %, +12 %]   improved              <0.001  10          -5 %
    micro-batch   p50      12.4 ms  ±3 %   12.3 ms  ±3 %   ~ [-1.5 %, +0.4 %]    unchanged              0.620  10          +5 %
                  p99.9    12.4 ms  ±3 %   14.2 ms  ±30 %  ~ [-14 %, +30 %]      within noise           0.600  10  +10 % (warn)

    merchant-spend, exactly-once
    cell          metric           base            head        change [95 % CI]  verdict           p     n  limit
    event-driven  first output  13.0 ms  ±∞     13.0 ms  ±∞    (0 %)             inconclusive  1.000     3  +10 %
                  caught up     13.0 ms  ±∞     13.0 ms  ±∞    (0 %)             inconclusive  1.000     3  +10 %
                  peak RSS            -      14,900 MiB  ±4 %                    new                  0+10  +10 %

    1 regressed · 1 improved · 1 unchanged · 1 within noise · 2 inconclusive · 0 not comparable · 0 missing · 1 new
      merchant-spend, at-least-once, event-driven, p99: the median rose by 20 %, more than the limit of 10 %, and that is no chance (p < 0.001).
      merchant-spend, at-least-once, event-driven, drain: the median rose by 10 %.
      merchant-spend, at-least-once, micro-batch, p99.9: the medians differ by 15 %, which chance explains.
      merchant-spend, exactly-once, event-driven, first output and 1 more row: inconclusive (need >= 6 runs, have 3)
      merchant-spend, exactly-once, event-driven, peak RSS: measured in head alone.

    1 run of head was refused.

    REGRESSED: 1 metric is worse than the limit allows.
    "
  `);
});

test('unlike machines and cells are shown by the rows that differ', () => {
  const unlike: RegressionReport = {
    ...report,
    rows: [
      {
        ...row,
        p: null,
        pHolm: null,
        confirmation: null,
        verdict: 'not comparable',
        sentence: 'the machines differ.',
      },
    ],
    differences: [{ name: 'cpuModel', base: 'A 2.0 GHz', head: 'B 3.1 GHz' }],
    cellDifferences: [
      {
        workload: 'merchant-spend',
        cell: 'event-driven',
        guarantee: 'at-least-once',
        rows: [{ name: 'slots', base: '2', head: '4' }],
      },
    ],
    head: { ...report.head, wrong: ['merchant-spend, event-driven: 3 lost'] },
    outcome: 'wrong',
  };
  expect(renderRegressionText(unlike, { colour: false })).toMatchInlineSnapshot(`
    "base  main  4f1c2e0aa11b            10 results  40 runs passed
    head  work  9ab77d1cc22d + changes  10 results  39 runs passed, 1 not
    medians over runs ± 95 %; change is head against base; p from Mann-Whitney, after Holm over 4 tests; level 0.05

    merchant-spend, at-least-once
    cell          metric     base           head        change [95 % CI]  verdict         p   n  limit
    event-driven  p99     12.4 ms  ±3 %  14.9 ms  ±4 %  (+20 %)           not comparable     10  +10 %

    1 regressed · 1 improved · 1 unchanged · 1 within noise · 2 inconclusive · 0 not comparable · 0 missing · 1 new
      merchant-spend, at-least-once, event-driven, p99: the machines differ.

    not comparable: machine or broker differ
      row       base       head
      cpuModel  A 2.0 GHz  B 3.1 GHz
    not comparable: merchant-spend, at-least-once, event-driven
      row    base  head
      slots  2     4

    1 run of head was refused.

    wrong output in head: merchant-spend, event-driven: 3 lost
    WRONG: an output of head is wrong; no figure matters beside that.
    "
  `);
});

test('hostile names make no terminal escape, no line of their own and no long text', () => {
  const text = renderRegressionText(
    {
      ...report,
      base: { ...report.base, name: MALICIOUS, gitCommit: MALICIOUS, wrong: [MALICIOUS] },
      rows: [
        { ...row, workload: MALICIOUS, cell: 'x'.repeat(10_000_000), sentence: `\u001b[2J\n${MALICIOUS}` },
      ],
      differences: [{ name: MALICIOUS, base: '\u202e', head: '\r' }],
      remarks: [MALICIOUS],
    },
    { colour: false },
  );
  expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  expect(text.length).toBeLessThan(10_000);
});

test('colour marks verdicts and is absent without it', () => {
  expect(renderRegressionText(report, { colour: true })).toContain('\u001b[31mREGRESSED, confirmed\u001b[0m');
  expect(renderRegressionText(report, { colour: false })).not.toContain('\u001b');
});
