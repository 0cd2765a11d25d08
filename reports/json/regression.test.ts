import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { HOSTILE_NAMES, hostileRegression, regressionFixture } from '../testing/index.ts';
import { comparisonJsonSchema, renderRegressionJson } from './index.ts';

const REPORT = regressionFixture();

test('docs/comparison.schema.json is fresh', async () => {
  await expect(comparisonJsonSchema()).toMatchFileSnapshot('../../docs/comparison.schema.json');
});

test('a row of each verdict', async () => {
  const rows = Map.groupBy(REPORT.rows, ({ verdict }) => verdict).values();
  const report = { ...REPORT, rows: [...rows].flatMap((alike) => alike.slice(0, 1)) };
  await expect(renderRegressionJson(report)).toMatchFileSnapshot('golden/comparison.txt');
});

test('the published schema accepts what is written and refuses it without its version', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(comparisonJsonSchema()));
  const { schemaVersion, ...rest } = JSON.parse(renderRegressionJson(REPORT));
  expect(validate({ schemaVersion, ...rest })).toBe(true);
  expect(validate(rest)).toBe(false);
});

test.each(HOSTILE_NAMES)('a hostile name stays what it is, and does nothing', (name) => {
  // One row of it: a text of 10 MB is written whole.
  const report = hostileRegression(name, { ...REPORT, rows: REPORT.rows.slice(0, 1) });
  const text = renderRegressionJson(report);
  expect(JSON.parse(text)).toEqual(report);
  expect(text.trimEnd()).not.toMatch(/[<\p{Cc}\p{Cs}\u202e]/u);
});
