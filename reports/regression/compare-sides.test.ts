import { expect, test } from 'vitest';
import { regressionFixture } from '../testing/index.ts';
import { regressionReportSchema, VERDICTS } from './index.ts';

const report = regressionFixture();

test('the fixture is a report with every verdict', () => {
  expect(regressionReportSchema.parse(report)).toEqual(report);
  const seen = new Set(report.rows.map(({ verdict }) => verdict));
  expect(VERDICTS.filter((verdict) => !seen.has(verdict))).toEqual([]);
});
