import { expect, test } from 'vitest';
import { runCommandLine } from './testing/index.ts';

test.each([
  ['an objective that is none', ['--slo', 'fast'], '--slo'],
  ['a percentile that no distribution keeps', ['--slo', 'p95=1s'], '--slo'],
  ['a start above the range', ['--from', '5000', '--highest', '4000'], '--from'],
  ['a start below the range', ['--from', '5', '--lowest', '10'], '--from'],
  ['a probe too short to show a trend', ['--probe', '1'], '--probe'],
  ['a precision of nothing', ['--precision', '0'], '--precision'],
  ['no probe at all', ['--probes', '0'], '--probes'],
])('%s: code, message and hint, exit code 2', async (_, options, option) => {
  const { exitCode, stdout, stderr } = await runCommandLine(['sustain', ...options]);
  expect(stderr).toContain('error HARNESS_OPTION_INVALID');
  expect(stderr).toContain(`Option ${option}: `);
  expect(stderr).toContain('crosscurrent sustain --help');
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});

test('help shows examples, defaults and what sustainable means', async () => {
  const { exitCode, stdout } = await runCommandLine(['sustain', '--help']);
  expect(exitCode).toBe(0);
  for (const part of ['--slo p99=500ms', 'default: p99=1s', 'default: 1000', 'drains within 5 s']) {
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(part);
  }
});
