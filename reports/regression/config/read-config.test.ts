import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_CONFIG, readComparisonConfig, ruleOf } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'crosscurrent-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const path = join(folder, 'compare.yaml');
  writeFileSync(path, text);
  return path;
}

test('what the file leaves out has its default', () => {
  const config = readComparisonConfig(
    written(
      'alpha: 0.01\nmetrics:\n  latency-p99: { level: warn, minimumEffect: 0.2 }\n  peak-rss: { level: "off" }',
    ),
  );
  expect(config).toMatchObject({ alpha: 0.01, minimumRuns: 6 });
  expect(ruleOf(config, 'latency-p99')).toEqual({
    level: 'warn',
    minimumEffect: 0.2,
    direction: 'lower is better',
  });
  expect(ruleOf(config, 'peak-rss')).toBeNull();
  expect(ruleOf(config, 'drain-rate')).toEqual({
    level: 'error',
    minimumEffect: 0.05,
    direction: 'higher is better',
  });
  expect(readComparisonConfig(written(''))).toEqual(DEFAULT_CONFIG);
  expect(readComparisonConfig(written('{"minimumRuns": 8}')).minimumRuns).toBe(8);
});

test.each([
  ['alpha: 2', /alpha: /],
  ['alfa: 0.05', /"alfa"/],
  ['metrics: { p99: { level: warn } }', /metrics.*p99/],
  ['metrics: { latency-p99: { level: loud } }', /metrics\.latency-p99\.level: .*"warn"/],
  ['alpha: [', /line 1/],
  ['42', /object/],
])('%s is refused, with the place', (text, reason) =>
  expect(() => readComparisonConfig(written(text))).toThrow(
    expect.objectContaining({ code: 'COMPARE_CONFIG', message: expect.stringMatching(reason) }),
  ),
);

test('a file that is not there is refused', () =>
  expect(() => readComparisonConfig(join(folder, 'none.yaml'))).toThrow(/ENOENT/));
