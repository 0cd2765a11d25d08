import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { hostileLedger, ledgerFixture } from '../claims/testing/index.ts';
import { MALICIOUS } from '../testing/index.ts';
import { renderClaimsText } from './claims.ts';

const { ledger, claims } = ledgerFixture();

test('a ledger as text', async () => {
  await expect(renderClaimsText(ledger, claims, { colour: false })).toMatchFileSnapshot('golden/claims.txt');
});

test('one claim of a ledger, and of one pair', () => {
  const [entry] = ledger.entries.filter(({ id }) => id === 'G10');
  const chosen = claims.filter(({ id }) => id === 'G10' || id === 'G15');
  const text = renderClaimsText(ledger, chosen, { colour: false });
  expect(entry?.real).toBeNull();
  expect(text).toMatch(/^claim {2}about +embedded: event, micro-batch\nG10 .*◐ holds in part\n/);
  expect(text).not.toMatch(/^G1 |real: flink/m);
});

test('colour adds escapes and changes no text', () => {
  const coloured = renderClaimsText(ledger, claims, { colour: true });
  const stripped = stripVTControlCharacters(coloured);
  expect(coloured).not.toBe(stripped);
  expect(stripped).toBe(renderClaimsText(ledger, claims, { colour: false }));
});

test('no line is wider than a terminal, and hostile texts do nothing', () => {
  const text = renderClaimsText(ledger, claims, { colour: false });
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(140);
  const hostile = renderClaimsText(hostileLedger(MALICIOUS), claims, { colour: false });
  expect(hostile).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});
