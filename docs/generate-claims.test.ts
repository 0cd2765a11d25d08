import { expect, test } from 'vitest';
import { CLAIMS } from '../reports/claims/index.ts';
import { ledgerFixture } from '../reports/claims/testing/index.ts';
import { claimsPage, committedLedger, writtenClaimsPage } from './generate-claims.ts';

test('docs/claims.md is what `node docs/generate-claims.ts` writes', () => {
  expect(writtenClaimsPage()).toBe(claimsPage(committedLedger()));
});

test('without a ledger every claim stands there as not measured yet, with its rule and its experiments', () => {
  const page = claimsPage(null);
  expect(page).toContain('**Not measured yet: `docs/results/claims.json` is not there.**');
  expect(page.match(/^\*\*○ not measured yet\*\*$/gm)).toHaveLength(CLAIMS.length);
  expect(page.match(/^- rule: /gm)).toHaveLength(CLAIMS.length);
  for (const name of new Set(CLAIMS.flatMap(({ experiments }) => experiments))) {
    expect(page).toContain(`\n### ${name}\n`);
  }
});

test('with a ledger the page says what was found', () => {
  const { ledger, claims } = ledgerFixture();
  const page = claimsPage(ledger, claims, []);
  expect(page).not.toContain('Not measured yet');
  expect(page).toContain('- machine: AMD EPYC 7763, 2 cores, 8 GiB\n');
  expect(page).toMatch(/\| \[G5\]\(#g5\) \| [^|]+ \| ✗ does not hold here \| ○ not measured \|/);
});
