import { expect, test } from 'vitest';
import { ENGINE_NAMES } from '../../engines/pipeline/index.ts';
import { CALM_MS } from '../measure/index.ts';
import { canBeWarmed, paceOf, warmupFor } from './pace.ts';
import { cellDefaults } from './presets.ts';
import { killPlanOf } from './recovery-plan.ts';

test.each(ENGINE_NAMES)(
  '%s: a likely recovery and the calm after it fit between two kills, and no limit cuts them off',
  (engine) => {
    const { recoveryMs, longestKillGapMs, stallLimitMs, warmupMs, warmupLimitMs } = paceOf(engine);
    expect(longestKillGapMs).toBeGreaterThan(recoveryMs + CALM_MS);
    expect(stallLimitMs).toBeGreaterThan(recoveryMs);
    expect(warmupLimitMs).toBeGreaterThan(warmupMs);
  },
);

test('kills are as far apart as the engine needs, unless the cell says', async () => {
  const gapOf = async (engine: 'event' | 'flink', longestKillGapMs?: number) => {
    const cell = await cellDefaults('merchant-spend', engine, 1);
    return killPlanOf(longestKillGapMs === undefined ? cell : { ...cell, longestKillGapMs }).longestGapMs;
  };
  expect(await gapOf('flink')).toBeGreaterThan(await gapOf('event'));
  expect(await gapOf('flink', 40_000)).toBe(40_000);
});

test('engines side by side warm up as long as the slowest, and no run warms a JVM', () => {
  expect(warmupFor(['event', 'spark'])).toEqual(warmupFor(['spark']));
  expect(warmupFor(['event', 'micro-batch'])).toEqual(warmupFor([]));
  expect(ENGINE_NAMES.filter(canBeWarmed)).toEqual(['event', 'micro-batch']);
});
