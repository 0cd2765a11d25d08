import { expect, test } from 'vitest';
import { createLatencyHistogram, distributionOf } from '../../reports/model/index.ts';
import { validityErrors } from './errors.ts';
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
  longestUnacknowledgedMs: 30,
  expectedSamples: 5_000,
  samples: 5_000,
  negativeSamples: 0,
  latency: constant(40_000),
  generatorLag: constant(600),
  of: 'engine',
  clockResolutionUs: 0.1,
  machineUse: { foreignCpuShare: 0.05, stolenCpuShare: 0.02 },
  ceilingShare: 0.1,
  warmupEndedBy: 'steady',
  warmupMs: 4_000,
};

test.each([
  ['nothing to say of a valid run', {}, []],
  ['the rate was not held', { achievedRatePerSecond: 949 }, ['RUN_RATE_NOT_HELD']],
  ['a record was not acknowledged', { acknowledged: 4_999 }, ['RUN_ACKED_NOT_STORED']],
  ['a record was stored twice', { stored: 5_001 }, ['RUN_ACKED_NOT_STORED']],
  ['the broker stood still', { longestUnacknowledgedMs: 1_001 }, ['RUN_BROKER_STALLED']],
  ['a sample is missing', { samples: 4_999 }, ['RUN_SAMPLE_COUNT']],
  ['an output came before its input was due', { negativeSamples: 1 }, ['RUN_NEGATIVE_LATENCY']],
  ['replay sent late', { generatorLag: constant(2_500) }, ['RUN_GENERATOR_LAG']],
  ['lag within 5 % of the p99', { generatorLag: constant(1_900) }, []],
  ['lag within half of a floor', { generatorLag: constant(19_000), of: 'floor' }, []],
  ['a floor that is mostly lag', { generatorLag: constant(21_000), of: 'floor' }, ['RUN_GENERATOR_LAG']],
  ['lag within 1 ms', { generatorLag: constant(900), latency: constant(3_000) }, []],
  ['the clock is coarse', { clockResolutionUs: 51 }, ['RUN_CLOCK_TOO_COARSE']],
  [
    'others used the machine',
    { machineUse: { foreignCpuShare: 0.15, stolenCpuShare: 0.06 } },
    ['RUN_MACHINE_BUSY'],
  ],
  ['nothing is known of the machine', { machineUse: null }, []],
  ['near the ceiling', { ceilingShare: 0.81 }, ['RUN_DRIVER_BOUND']],
  ['no ceiling was measured', { ceilingShare: null }, []],
  ['never steady', { warmupEndedBy: 'maximum' }, ['RUN_NEVER_STEADY']],
] as const)('%s', (_, change, codes) => {
  expect(judgeValidity({ ...valid, ...change }).map(({ code }) => code)).toEqual(codes);
});

test('marks leave a run its figures, every other remark refuses it', () => {
  const all = judgeValidity({
    ...valid,
    achievedRatePerSecond: 1,
    acknowledged: 1,
    longestUnacknowledgedMs: 5_000,
    samples: 1,
    negativeSamples: 1,
    generatorLag: constant(900_000),
    clockResolutionUs: 1_000,
    machineUse: { foreignCpuShare: 1, stolenCpuShare: null },
    ceilingShare: 1,
    warmupEndedBy: 'maximum',
  });
  for (const { code, level, message } of all) {
    const isMark = code === 'RUN_DRIVER_BOUND' || code === 'RUN_NEVER_STEADY';
    expect(level).toBe(isMark ? 'warning' : 'invalid');
    expect(message).not.toMatch(/[{}]/);
  }
  const judgedElsewhere = ['RUN_ENGINE_ELSEWHERE', 'RUN_PHASES_DO_NOT_ADD_UP'];
  expect([...all.map(({ code }) => code), ...judgedElsewhere].sort()).toEqual(
    Object.keys(validityErrors.table).sort(),
  );
});
