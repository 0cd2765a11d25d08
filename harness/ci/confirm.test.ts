import { expect, test } from 'vitest';
import type { RegressionReport, RegressionVerdict } from '../../reports/regression/index.ts';
import { regressionFixture } from '../../reports/testing/index.ts';
import { confirmed, regressedOnly } from './confirm.ts';

const first = regressionFixture();
const failing = first.rows.filter(({ verdict, level }) => verdict === 'regressed' && level === 'error');

/** A second measurement in which what regressed has this verdict. */
const second = (verdict: RegressionVerdict, wrong: string[] = []): RegressionReport => ({
  ...first,
  head: { ...first.head, wrong },
  rows: failing.map((row) => ({ ...row, verdict, sentence: `again ${verdict}` })),
});

const failingRowsOf = (report: RegressionReport) =>
  report.rows.filter((_, index) => failing.includes(first.rows[index] as (typeof failing)[number]));

test('the fixture has what these tests are about', () => {
  expect(failing.length).toBeGreaterThan(0);
  expect(first.outcome).toBe('regressed');
});

test('only the cells that regressed are measured again', () => {
  const options = regressedOnly(first);
  expect(options.filter((_, index) => index % 2 === 0)).toEqual(['--workload', '--engine', '--guarantee']);
  expect(options[1]?.split(',')).toEqual([...new Set(failing.map(({ workload }) => workload))]);
  expect(options[3]?.split(',')).toEqual([...new Set(failing.map(({ engine }) => engine))]);
});

test('a regression that shows again stands', () => {
  const report = confirmed(first, second('regressed'));
  expect(report.outcome).toBe('regressed');
  expect(report.counts).toEqual(first.counts);
  for (const row of failingRowsOf(report)) {
    expect(row).toMatchObject({ verdict: 'regressed', confirmation: 'confirmed' });
    expect(row.sentence).toContain('Confirmed by a second measurement: again regressed');
  }
});

test.each<RegressionVerdict>(['improved', 'unchanged', 'within noise'])(
  'a second measurement that says %s clears it',
  (verdict) => {
    const report = confirmed(first, second(verdict));
    expect(report.outcome).toBe('ok');
    expect(report.counts.regressed).toBe(first.counts.regressed - failing.length);
    expect(report.counts['within noise']).toBe(first.counts['within noise'] + failing.length);
    for (const row of failingRowsOf(report)) {
      expect(row).toMatchObject({ verdict: 'within noise', confirmation: 'cleared' });
      expect(row.sentence).toContain(`Cleared by a second measurement: again ${verdict}`);
    }
  },
);

test.each<RegressionVerdict>(['inconclusive', 'not comparable', 'missing', 'new'])(
  'a second measurement that is %s clears nothing',
  (verdict) => {
    const report = confirmed(first, second(verdict));
    expect(report.outcome).toBe('regressed');
    for (const row of failingRowsOf(report)) {
      expect(row).toMatchObject({ verdict: 'regressed', confirmation: null });
    }
  },
);

test('a cell that the second measurement does not have stays regressed', () => {
  expect(confirmed(first, { ...second('regressed'), rows: [] }).outcome).toBe('regressed');
});

test('an output that is wrong the second time beats all', () => {
  const report = confirmed(first, second('unchanged', ['a loss']));
  expect(report.outcome).toBe('wrong');
  expect(report.head.wrong).toContain('a loss');
});
