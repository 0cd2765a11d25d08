import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { fixtureResult } from '../testing/index.ts';
import { metricsPage, resultJsonSchema } from './json-schema.ts';

test('docs/result.schema.json is fresh', async () => {
  await expect(resultJsonSchema()).toMatchFileSnapshot('../../docs/result.schema.json');
});

test('docs/metrics.md is fresh', async () => {
  await expect(metricsPage()).toMatchFileSnapshot('../../docs/metrics.md');
});

test('the published schema accepts a result and refuses one without a seed', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(resultJsonSchema()));
  const { seed, ...withoutSeed } = fixtureResult();
  expect(validate({ seed, ...withoutSeed })).toBe(true);
  expect(validate(withoutSeed)).toBe(false);
});
