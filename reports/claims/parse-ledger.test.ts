import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { ledgerJsonSchema, parseLedger } from './parse-ledger.ts';
import { ledgerFixture } from './testing/index.ts';

const { ledger } = ledgerFixture();

test('a ledger is read as it was written', () => {
  expect(parseLedger(JSON.stringify(ledger), 'claims.json')).toEqual(ledger);
});

test.each([
  ['{"kind":"crosscurrent-cl', 'it is not JSON'],
  ['[]', ': Invalid input: expected object, received array'],
  [JSON.stringify({ ...ledger, kind: 'crosscurrent-result' }), 'kind: Invalid input'],
  [JSON.stringify({ ...ledger, schemaVersion: 2 }), 'schemaVersion: Invalid input'],
  [
    JSON.stringify({ ...ledger, entries: [{ ...ledger.entries[0], id: 'G99' }] }),
    'entries.0.id: Invalid option',
  ],
])('%s is no ledger', (text, reason) => {
  expect(() => parseLedger(text, 'some.json')).toThrow(
    expect.objectContaining({
      code: 'CLAIMS_LEDGER_INVALID',
      message: expect.stringContaining(`some.json is no ledger of claims: ${reason}`),
    }),
  );
});

test('docs/claims.schema.json is fresh', async () => {
  await expect(ledgerJsonSchema()).toMatchFileSnapshot('../../docs/claims.schema.json');
});

test('the published schema accepts a ledger and refuses one without a machine', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(ledgerJsonSchema()));
  expect(validate(ledger)).toBe(true);
  const { machine: _, ...rest } = ledger;
  expect(validate(rest)).toBe(false);
});
