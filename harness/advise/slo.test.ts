import { expect, test } from 'vitest';
import { limitsOf, oneRecovery } from './slo.ts';

test('limits come in one text or in several, with any unit, the lower percentile first', () => {
  const latency = [
    { percentile: 50, limitMs: 20 },
    { percentile: 99, limitMs: 100 },
    { percentile: 99.9, limitMs: 1_500 },
  ];
  expect(limitsOf(['p99.9=1.5s', 'P99 <= 100ms, p50<20 ms'])).toEqual({ latency, recoveryMs: null });
  expect(limitsOf(['p99=100ms,recovery=2min'])).toEqual({ latency: [latency[1]], recoveryMs: 120_000 });
  expect(limitsOf([])).toEqual({ latency: [], recoveryMs: null });
});

test.each([
  ['p99', 'ADVISE_SLO_INVALID', 'not a metric and a limit'],
  ['', 'ADVISE_SLO_INVALID', 'not a metric and a limit'],
  ['p99=100', 'ADVISE_SLO_INVALID', 'not a time with its unit'],
  ['p99=-5ms', 'ADVISE_SLO_INVALID', 'not a time with its unit'],
  ['p99=0ms', 'ADVISE_SLO_INVALID', 'above 0'],
  ['p99=soon', 'ADVISE_SLO_INVALID', '"soon"'],
  ['p98=5ms', 'ADVISE_METRIC_UNKNOWN', '"p98"'],
  ['throughput=5s', 'ADVISE_METRIC_UNKNOWN', '"throughput"'],
  ['p99=100ms,p99=200ms', 'ADVISE_SLO_CONTRADICTION', 'p99 has two limits'],
  ['p99=100ms,p99=100ms', 'ADVISE_SLO_CONTRADICTION', 'p99 has two limits'],
  ['p50=200ms,p99=100ms', 'ADVISE_SLO_CONTRADICTION', 'p50 (200 ms) lies above that of p99 (100 ms)'],
  ['p99=2s,p99.9=1s', 'ADVISE_SLO_CONTRADICTION', 'p99 (2000 ms) lies above that of p99.9'],
])('%s is refused: %s', (text, code, message) => {
  const error = expect.objectContaining({ code, exit: 'usage', message: expect.stringContaining(message) });
  expect(() => limitsOf(text.split(';'))).toThrow(error);
});

test('a metric that was misspelt gets the nearest one as its hint', () => {
  const hint = expect.stringContaining('p50, p99, p99.9, recovery; the nearest is recovery.');
  expect(() => limitsOf(['recover=5s'])).toThrow(expect.objectContaining({ hint }));
});

test('two limits of one metric contradict each other, wherever they stand', () => {
  expect([oneRecovery(null, undefined), oneRecovery(5, undefined), oneRecovery(null, 7)]).toEqual([
    null,
    5,
    7,
  ]);
  expect(() => oneRecovery(5, 7)).toThrow('recovery has two limits, 5 ms and 7 ms');
});
