import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { comparisonConfigJsonSchema } from './json-schema.ts';

test('docs/comparison-config.schema.json is fresh', async () => {
  await expect(comparisonConfigJsonSchema()).toMatchFileSnapshot(
    '../../../docs/comparison-config.schema.json',
  );
});

test.each([
  [{}, true],
  [{ alpha: 0.01, minimumRuns: 8, metrics: { 'latency-p99': { level: 'warn', minimumEffect: 0.2 } } }, true],
  [{ alfa: 0.01 }, false],
  [{ metrics: { p99: { level: 'warn' } } }, false],
  [{ metrics: { 'latency-p99': { level: 'loud' } } }, false],
])('the published schema on %j: %s', (config, isValid) => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(comparisonConfigJsonSchema()));
  expect(validate(config)).toBe(isValid);
});
