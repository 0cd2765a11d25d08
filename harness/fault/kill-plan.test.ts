import { expect, test } from 'vitest';
import { BASELINE_MS, KILL_GAP_MS, planDurationMs, planKills } from './kill-plan.ts';

test('kills keep their distance and fall at random phases of the cycle', () => {
  const plan = planKills(200, 4_000, 1_000, 7);
  const phases = plan.map(({ phase }) => phase);
  expect(Math.min(...phases)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...phases)).toBeLessThan(1);
  expect(phases.filter((phase) => phase < 0.5).length).toBeGreaterThan(70);
  expect(phases.filter((phase) => phase >= 0.5).length).toBeGreaterThan(70);
  plan.slice(1).forEach((kill, index) => {
    expect(kill.atMs - (plan[index]?.atMs ?? 0)).toBeGreaterThanOrEqual(KILL_GAP_MS);
  });
  expect(plan[0]?.atMs).toBeGreaterThanOrEqual(4_000 + BASELINE_MS);
  expect(planDurationMs(plan)).toBe((plan.at(-1)?.atMs ?? 0) + KILL_GAP_MS);
});

test('the plan depends on the seed alone', () => {
  expect(planKills(3, 0, 500, 1)).toEqual(planKills(3, 0, 500, 1));
  expect(planKills(3, 0, 500, 1)).not.toEqual(planKills(3, 0, 500, 2));
});
