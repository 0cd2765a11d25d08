import { expect, test } from 'vitest';
import { HOSTILE_NAMES, hostileRegression, regressionFixture } from '../testing/index.ts';
import { renderRegressionMarkdown } from './index.ts';

const REPORT = regressionFixture();

test('a comparison with every verdict', async () => {
  await expect(renderRegressionMarkdown(REPORT)).toMatchFileSnapshot('golden/comparison.txt');
});

test('a comment of many rows stays under the limit, keeps changed rows first and says what it leaves out', () => {
  const rows = Array.from({ length: 40 }, () => REPORT.rows).flat();
  const text = renderRegressionMarkdown({ ...REPORT, rows });
  expect(text.length).toBeLessThan(64_000);
  expect(text.length).toBeGreaterThan(40_000);
  expect(text).toMatch(/\*\*Truncated:\*\* \d+ of \d+ rows are left out/);
  expect(text.trimEnd()).toMatch(/<\/details>$/);
  expect(text.indexOf('| regressed |')).toBeLessThan(text.indexOf('<details>'));
});

test.each(HOSTILE_NAMES)(
  'a hostile name starts no markup, breaks no table and does not fill the comment',
  (name) => {
    const many = Array.from({ length: 50 }, () => name);
    const hostile = hostileRegression(name, REPORT);
    const side = { ...hostile.head, wrong: many };
    const text = renderRegressionMarkdown({ ...hostile, base: side, head: side, remarks: many });
    expect(text.length).toBeLessThan(64_000);
    const [marker, ...rest] = text.split('\n');
    expect(marker).toBe('<!-- crosscurrent-comparison -->');
    expect(rest.join('\n')).not.toMatch(/(?<!\\)<(?!\/?(details|summary)>)|(?<!\\)\[x|^::|^# h/m);
    const tables = text.split('\n\n').filter((block) => block.startsWith('| where'));
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      const widths = table.split('\n').map((line) => line.replaceAll(/\\[\\|]/g, '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  },
);
