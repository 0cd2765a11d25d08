import { expect, test } from 'vitest';
import { likelyDurationMs, longestDurationMs, planKills } from './kill-plan.ts';

const OPTIONS = {
  kills: 200,
  warmupMs: 4_000,
  settlingLimitMs: 0,
  cycleMs: 1_000,
  calmMs: 5_000,
  longestGapMs: 15_000,
  likelyRecoveryMs: 1_500,
  seed: 7,
};

test('kills fall at random phases of the cycle', () => {
  const { phases } = planKills(OPTIONS);
  expect(Math.min(...phases)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...phases)).toBeLessThan(1);
  expect(phases.filter((phase) => phase < 0.5).length).toBeGreaterThan(70);
  expect(phases.filter((phase) => phase >= 0.5).length).toBeGreaterThan(70);
});

test('the plan depends on the seed alone', () => {
  expect(planKills(OPTIONS)).toEqual(planKills(OPTIONS));
  expect(planKills(OPTIONS).phases).not.toEqual(planKills({ ...OPTIONS, seed: 8 }).phases);
});

test('baseline and calm last at least as long as a cycle, and the longest gap leaves room for them', () => {
  const slow = planKills({ ...OPTIONS, cycleMs: 20_000 });
  expect(slow.baselineMs).toBe(40_000);
  expect(slow.calmSeconds).toBe(21);
  expect(slow.longestGapMs).toBeGreaterThan(21_000);
  expect(planKills(OPTIONS)).toMatchObject({ baselineMs: 4_000, calmSeconds: 6, longestGapMs: 15_000 });
});

test('the likely duration is never above the longest', () => {
  for (const cycleMs of [10, 1_000, 20_000]) {
    const plan = planKills({ ...OPTIONS, cycleMs });
    expect(likelyDurationMs(plan)).toBeLessThanOrEqual(longestDurationMs(plan));
  }
});
