import { expect, test } from 'vitest';
import { HOSTILE_NAMES, hostileRegression, regressionFixture } from '../testing/index.ts';
import { renderRegressionGithub } from './index.ts';

const REPORT = regressionFixture();

test('annotations and summary of a comparison with every verdict', async () => {
  const { annotations, summary } = renderRegressionGithub(REPORT);
  await expect(annotations).toMatchFileSnapshot('golden/annotations.txt');
  await expect(summary).toMatchFileSnapshot('golden/summary.txt');
});

test('at most ten of a level, and the tenth says how many more', () => {
  const [row] = REPORT.rows.filter(({ verdict }) => verdict === 'regressed');
  if (row === undefined) throw new Error('no regressed row');
  const levels = (['error', 'warn'] as const).flatMap((level) =>
    Array.from({ length: 25 }, () => ({ ...row, level })),
  );
  const lines = renderRegressionGithub({ ...REPORT, rows: levels })
    .annotations.trimEnd()
    .split('\n');
  const errors = lines.filter((line) => line.startsWith('::error '));
  expect(errors).toHaveLength(10);
  expect(errors[9]).toBe('::error title=Crosscurrent::and 16 more; see the job summary');
  expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
});

test('a summary of many rows stays under 1 MiB and says what it leaves out', () => {
  const rows = Array.from({ length: 200 }, () => REPORT.rows).flat();
  const { summary } = renderRegressionGithub({ ...REPORT, rows });
  expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576);
  expect(Buffer.byteLength(summary)).toBeGreaterThan(500_000);
  expect(summary).toContain('**Truncated:**');
});

test.each(HOSTILE_NAMES)('a hostile name starts no command', (name) => {
  const { annotations, summary } = renderRegressionGithub(hostileRegression(name, REPORT));
  for (const line of annotations.trimEnd().split('\n')) {
    expect(line).toMatch(/^::(error|warning) title=([^:,%\p{Cc}]|%25|%3A|%2C)*::([^%\p{Cc}]|%25)*$/u);
    expect(line.length).toBeLessThan(2_000);
  }
  expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576);
});
