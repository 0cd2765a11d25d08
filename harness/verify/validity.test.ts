import { expect, test } from 'vitest';
import { createLatencyHistogram, distributionOf } from '../../reports/model/index.ts';
import { judgeValidity, type ValidityInput } from './validity.ts';

function constant(valueUs: number): ReturnType<typeof distributionOf> {
  const histogram = createLatencyHistogram();
  histogram.recordValueWithCount(valueUs, 5_000);
  return distributionOf(histogram);
}

const valid: ValidityInput = {
  offeredRatePerSecond: 1_000,
  achievedRatePerSecond: 999,
  sent: 5_000,
  acknowledged: 5_000,
  stored: 5_000,
  negativeSamples: 0,
  latency: constant(40_000),
  generatorLag: constant(600),
};

test.each([
  ['nothing to say of a valid run', {}, []],
  ['the rate was not held', { achievedRatePerSecond: 949 }, ['RUN_RATE_NOT_HELD']],
  ['a record was not acknowledged', { acknowledged: 4_999 }, ['RUN_ACKED_NOT_STORED']],
  ['a record was stored twice', { stored: 5_001 }, ['RUN_ACKED_NOT_STORED']],
  ['an output came before its input was due', { negativeSamples: 1 }, ['RUN_NEGATIVE_LATENCY']],
  ['replay sent late', { generatorLag: constant(2_500) }, ['RUN_GENERATOR_LAG']],
] as const)('%s', (_, change, codes) => {
  expect(judgeValidity({ ...valid, ...change }).map(({ code }) => code)).toEqual(codes);
});
