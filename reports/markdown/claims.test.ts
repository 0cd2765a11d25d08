import { expect, test } from 'vitest';
import { hostileLedger, ledgerFixture } from '../claims/testing/index.ts';
import { MALICIOUS } from '../testing/index.ts';
import { renderClaimsMarkdown } from './claims.ts';

const { ledger, claims } = ledgerFixture();

test('a ledger as Markdown', async () => {
  await expect(renderClaimsMarkdown(ledger, claims)).toMatchFileSnapshot('golden/claims.md');
});

test('without a ledger nothing is measured yet, and the rules stand there', () => {
  const text = renderClaimsMarkdown(null, claims);
  expect(text.match(/^\*\*○ not measured yet\*\*$/gm)).toHaveLength(claims.length);
  expect(text.match(/^- rule: What must be measured of /gm)).toHaveLength(claims.length);
  expect(text).not.toMatch(/holds\b(?! here,)/);
});

test('hostile texts start no markup, and no row of a table has more cells than its header', () => {
  const hostile = renderClaimsMarkdown(hostileLedger(MALICIOUS), claims);
  expect(hostile).not.toMatch(/(?<!\\)<|[^\P{Cc}\n]|\u202e|(?<!\\)!\[/u);
  const cells = (line: string): number => line.split(/(?<!\\)\|/).length;
  let header = 0;
  for (const line of hostile.split('\n')) {
    if (!line.startsWith('|')) header = 0;
    else if (header === 0) header = cells(line);
    else expect(cells(line)).toBe(header);
  }
});
