import { expect, test } from 'vitest';
import { KILL_AIMS, planSoakKills } from './kill-plan.ts';

const OPTIONS = { kills: 200, seed: 7, name: 'merchant-spend event', guarantee: 'exactly-once' } as const;
const aimsOf = (options: Parameters<typeof planSoakKills>[0]) => planSoakKills(options).map(({ aim }) => aim);

test('the plan is the same for the same seed and run, and another for any other', () => {
  expect(planSoakKills(OPTIONS)).toEqual(planSoakKills(OPTIONS));
  expect(planSoakKills({ ...OPTIONS, kills: 20 })).toEqual(planSoakKills(OPTIONS).slice(0, 20));
  for (const other of [{ seed: 8 }, { name: 'login-tracker event' }]) {
    expect(planSoakKills({ ...OPTIONS, ...other })).not.toEqual(planSoakKills(OPTIONS));
  }
});

test('kills are aimed at everything, a good part of them at no step at all, and lie anywhere in what they are aimed at', () => {
  const plan = planSoakKills(OPTIONS);
  const numberOf = (aim: string): number => plan.filter((planned) => planned.aim === aim).length;
  for (const aim of KILL_AIMS) expect(numberOf(aim), aim).toBeGreaterThan(20);
  expect(numberOf('anywhere')).toBeGreaterThan(60);
  const shares = plan.map(({ share }) => share);
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...shares)).toBeLessThan(1);
  expect(shares.filter((share) => share < 0.5).length).toBeGreaterThan(70);
});

test('nothing is aimed at what cannot be: a restart before the first kill, a commit where there is none', () => {
  for (let seed = 0; seed < 50; seed += 1) expect(aimsOf({ ...OPTIONS, seed })[0]).not.toBe('restart');
  expect(aimsOf({ ...OPTIONS, guarantee: 'at-least-once' })).not.toContain('commit');
});
