import { expect, test } from 'vitest';
import type { Remark } from '../../reports/model/index.ts';
import { judgeBrokenOff, judgeProbe, type MeasuredProbe, voidingRemarks } from './probe-verdict.ts';

const SLO = { percentile: 99, limitMs: 500 };
const KEPT = { ratePerSecond: 10_000, samples: 60_000, lateSamples: 0, lagSlopePerSecond: 0, drainMs: 40 };
const MISSED = { ...KEPT, lateSamples: 6_000 };
const refused = (code: string): Remark => ({ code, message: `${code} in words`, level: 'invalid' });
const probe = (change: Partial<MeasuredProbe>): MeasuredProbe => ({
  fromDue: KEPT,
  fromSent: KEPT,
  generatorLagP99Us: 300,
  remarks: [],
  ...change,
});

test.each([
  ['all is well', {}, 'holds'],
  ['the engine misses the objective', { fromDue: MISSED, fromSent: MISSED }, 'fails'],
  ['a little lateness is not to blame', { fromDue: MISSED, generatorLagP99Us: 20_000 }, 'fails'],
  ['the generator is to blame', { fromDue: MISSED, generatorLagP99Us: 400_000 }, 'driver'],
  [
    'the engine fails whatever the generator did',
    { fromDue: MISSED, fromSent: MISSED, generatorLagP99Us: 400_000 },
    'fails',
  ],
  [
    'a late generator and a kept objective',
    { generatorLagP99Us: 400_000, remarks: [refused('RUN_GENERATOR_LAG')] },
    'holds',
  ],
  [
    'the rate was not held',
    { fromDue: MISSED, fromSent: MISSED, remarks: [refused('RUN_RATE_NOT_HELD')] },
    'driver',
  ],
  ['the rate was not held, and nothing else', { remarks: [refused('RUN_RATE_NOT_HELD')] }, 'driver'],
  ['the broker stood still', { fromDue: MISSED, remarks: [refused('RUN_BROKER_STALLED')] }, 'driver'],
] as const)('%s', (_, change, verdict) => {
  const judgement = judgeProbe(probe(change), SLO);
  expect(judgement.verdict).toBe(verdict);
  expect(judgement.reasons.length > 0).toBe(verdict !== 'holds');
});

test('a probe is void for what makes any figure worthless, not for what its verdict weighs', () => {
  const weighed = ['RUN_GENERATOR_LAG', 'RUN_RATE_NOT_HELD', 'RUN_BROKER_STALLED'].map(refused);
  expect(voidingRemarks(weighed, 'fails')).toEqual([]);
  const mark: Remark = { code: 'RUN_DRIVER_BOUND', message: '', level: 'warning' };
  const worthless = ['RUN_CLOCK_TOO_COARSE', 'RUN_NEGATIVE_LATENCY', 'RUN_SAMPLE_COUNT'].map(refused);
  expect(voidingRemarks([...weighed, mark, ...worthless], 'holds')).toEqual(worthless);
});

test('a busy machine voids a failure, and no rate that holds in spite of it', () => {
  const busy = [refused('RUN_MACHINE_BUSY')];
  expect(voidingRemarks(busy, 'holds')).toEqual([]);
  expect(voidingRemarks(busy, 'fails')).toEqual(busy);
  expect(voidingRemarks(busy, 'driver')).toEqual(busy);
});

test("a probe that was broken off is the driver's where the input lacked over a second of what was due", () => {
  expect(judgeBrokenOff('a queue', 50_000, 40_000, 10_000)).toEqual({
    verdict: 'fails',
    reasons: ['a queue'],
  });
  expect(judgeBrokenOff('a queue', 50_000, 39_999, 10_000)).toEqual({
    verdict: 'driver',
    reasons: ['39999 of 50000 due records were stored', 'a queue'],
  });
});
