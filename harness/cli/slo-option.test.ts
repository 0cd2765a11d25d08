import { expect, test } from 'vitest';
import { sloOption } from './slo-option.ts';

const parse = sloOption('sustain');

test.each([
  ['p99=500ms', { percentile: 99, limitMs: 500 }],
  ['p50=1s', { percentile: 50, limitMs: 1_000 }],
  ['p99.9=2.5s', { percentile: 99.9, limitMs: 2_500 }],
  ['p90=12.5ms', { percentile: 90, limitMs: 12.5 }],
  [' p99=60s ', { percentile: 99, limitMs: 60_000 }],
])('%s', (text, slo) => expect(parse(text)).toEqual(slo));

test.each([
  '',
  'p99',
  'p99=500',
  'p99=ms',
  '99=500ms',
  'p95=500ms',
  'p99=-5ms',
  'p99=0ms',
  'p99=61s',
  'p99=1.2.3s',
  'p99=5m',
])('refuses %j', (text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'HARNESS_OPTION_INVALID' }));
});
