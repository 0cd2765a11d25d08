import { expect, test } from 'vitest';
import { planJob } from './job-plan.ts';
import { doubled, sales, spend } from './testing/dataflows.ts';

test('an aggregate: only the key and what it reads are decoded and cross the exchange', () => {
  const plan = planJob(spend());
  expect(plan.wanted).toEqual(['shop', 'amount']);
  expect(plan.layout).toEqual({
    fields: [
      { name: 'shop', text: true },
      { name: 'amount', text: false },
    ],
    withRaw: false,
  });
  expect(plan.keyField).toBe('shop');
  expect(plan.outputs).toEqual(['output', 'dead-letter']);
  expect(plan.lateOutput).toBeUndefined();
});

test('functions are given whole rows; the original bytes travel where late records are kept', () => {
  const plan = planJob(sales());
  expect(plan.wanted).toEqual(['region', 'amount', 'timeMs']);
  expect(plan.layout.fields.map(({ name }) => name)).toEqual(['region', 'amount']);
  expect(plan.layout.withRaw).toBe(true);
  expect(plan.outputs[plan.lateOutput as number]).toBe('late');
  expect(plan.watermark?.delayMs).toBe(100);
});

test('without keyBy there is no key, and the result has the last schema', () => {
  const plan = planJob(doubled());
  expect(plan.keyField).toBeUndefined();
  expect(plan.resultSchema).toEqual({ seq: 'int64', amount: 'int64' });
});
