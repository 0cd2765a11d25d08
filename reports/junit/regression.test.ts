import { expect, test } from 'vitest';
import { HOSTILE_NAMES, hostileRegression, regressionFixture } from '../testing/index.ts';
import { renderRegressionJunit } from './index.ts';
import { expectWellFormed } from './testing/well-formed.ts';

const REPORT = regressionFixture();

test('a comparison with every verdict', async () => {
  const text = renderRegressionJunit(REPORT);
  expectWellFormed(text);
  await expect(text).toMatchFileSnapshot('golden/comparison.xml');
});

test('a regression fails unless it is cleared or a warning, and is told all the same', () => {
  const [row] = REPORT.rows.filter(({ verdict }) => verdict === 'regressed');
  if (row === undefined) throw new Error('no regressed row');
  const failures = (changed: Partial<typeof row>) =>
    renderRegressionJunit({ ...REPORT, rows: [{ ...row, ...changed }] });
  expect(failures({})).toContain('tests="4" failures="1"');
  for (const changed of [{ level: 'warn' }, { confirmation: 'cleared' }] as const) {
    expect(failures(changed)).toContain('tests="4" failures="0"');
    expect(failures(changed)).toContain('<system-out>regressed: ');
  }
});

test.each(HOSTILE_NAMES)('a hostile name leaves the document well-formed', (name) => {
  const text = renderRegressionJunit(hostileRegression(name, REPORT));
  expectWellFormed(text);
  expect(text).toContain('name="output of head is right"');
  expect(text.length).toBeLessThan(1_000_000);
});
