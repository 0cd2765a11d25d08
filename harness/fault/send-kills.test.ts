import { expect, test } from 'vitest';
import type { SecondSummary } from '../observe/index.ts';
import { isCalmAgain, isCovered } from './calm.ts';
import { planKills } from './kill-plan.ts';
import { sendKills } from './send-kills.ts';

const second = (index: number, change: Partial<SecondSummary> = {}): SecondSummary => ({
  second: index,
  expected: 1_000,
  samples: 1_000,
  p50Us: 5_000,
  p99Us: 10_000,
  maxUs: 12_000,
  ...change,
});

/** Seconds 0 to 14, calm but for what `changes` says. */
const seconds = (changes: Readonly<Record<number, Partial<SecondSummary>>> = {}): SecondSummary[] =>
  Array.from({ length: 15 }, (_, index) => second(index, changes[index]));

const QUESTION = { baseline: { fromMs: 0, toMs: 5_200 }, killMs: 5_200, nowMs: 14_100, calmSeconds: 6 };

test.each<[string, Readonly<Record<number, Partial<SecondSummary>>>, boolean]>([
  ['all is as before', {}, true],
  ['the second of the kill is no part of the question', { 5: { p99Us: 900_000 } }, true],
  ['recovered, and six seconds since', { 6: { p99Us: 900_000 }, 7: { p99Us: 300_000 } }, true],
  ['five seconds only', { 8: { p99Us: 300_000 } }, false],
  ['a second within the tolerance of the worst before', { 10: { p99Us: 59_000 } }, true],
  [
    'the worst second before the kill sets the limit',
    { 2: { p99Us: 400_000 }, 10: { p99Us: 490_000 } },
    true,
  ],
  ['not every sample is covered', { 13: { samples: 999 } }, false],
  ['the second under way has time', { 14: { samples: 3 } }, true],
  ['seconds without samples are calm', { 9: { expected: 0, samples: 0, p99Us: null } }, true],
])('calm again: %s', (_, changes, calm) => {
  expect(isCalmAgain(seconds(changes), QUESTION)).toBe(calm);
});

test('too few seconds since the kill are no answer', () => {
  expect(isCalmAgain(seconds().slice(0, 10), { ...QUESTION, nowMs: 10_100 })).toBe(false);
});

/** A pipeline on virtual time that is slow for `recoveryMs` after each kill. */
function virtualTarget(recoveryMs: number, downMs = 300) {
  let nowMs = 0;
  const killsMs: number[] = [];
  const outcomes: string[] = [];
  const isSlow = (index: number): boolean =>
    killsMs.some((killMs) => index >= Math.floor(killMs / 1_000) && index * 1_000 < killMs + recoveryMs);
  return {
    killsMs,
    nowMs: () => nowMs,
    wait: async (durationMs: number) => {
      nowMs += durationMs;
    },
    seconds: () =>
      Array.from({ length: Math.floor(nowMs / 1_000) + 1 }, (_, index) =>
        second(index, isSlow(index) ? { p99Us: 900_000 } : {}),
      ),
    isRunning: () => nowMs - (killsMs.at(-1) ?? Number.NEGATIVE_INFINITY) >= downMs,
    kill: () => {
      killsMs.push(nowMs);
    },
    outcomes,
    recovered: (outcome: string) => {
      outcomes.push(outcome);
    },
  };
}

const PLAN = planKills({
  kills: 5,
  warmupMs: 1_000,
  settlingLimitMs: 0,
  cycleMs: 1_000,
  calmMs: 5_000,
  longestGapMs: 15_000,
  likelyRecoveryMs: 1_500,
  seed: 3,
});

test('the next kill comes soon after the pipeline has caught up and stayed calm', async () => {
  const target = virtualTarget(1_200);
  await sendKills(PLAN, target);
  expect(target.killsMs).toHaveLength(5);
  expect(new Set(target.outcomes)).toEqual(new Set(['calm']));
  expect(target.killsMs[0]).toBeCloseTo(5_000 + (PLAN.phases[0] as number) * 1_000, 6);
  for (const [index, killMs] of target.killsMs.slice(1).entries()) {
    const gapMs = killMs - (target.killsMs[index] as number);
    expect(gapMs).toBeGreaterThan(7_000);
    expect(gapMs).toBeLessThan(11_000);
  }
});

test('a pipeline that never gets calm is killed after the longest gap, but not while it restarts', async () => {
  const slow = virtualTarget(60_000);
  await sendKills(PLAN, slow);
  expect(new Set(slow.outcomes)).toEqual(new Set(['longest-gap']));
  for (const [index, killMs] of slow.killsMs.slice(1).entries()) {
    const phaseMs = (PLAN.phases[index + 1] as number) * 1_000;
    expect(killMs - phaseMs - (slow.killsMs[index] as number)).toBeGreaterThanOrEqual(15_000);
    expect(killMs - phaseMs - (slow.killsMs[index] as number)).toBeLessThan(15_200);
  }
  const down = virtualTarget(60_000, 40_000);
  await sendKills(PLAN, down);
  for (const [index, killMs] of down.killsMs.slice(1).entries()) {
    expect(killMs - (down.killsMs[index] as number)).toBeGreaterThanOrEqual(40_000);
  }
});

test('a pipeline that does not come back is given up', async () => {
  await expect(sendKills(PLAN, virtualTarget(0, Number.POSITIVE_INFINITY))).rejects.toMatchObject({
    code: 'HARNESS_NO_RESTART',
  });
});

test.each<[string, Readonly<Record<number, Partial<SecondSummary>>>, boolean]>([
  ['every second is', {}, true],
  ['an early one is not', { 2: { samples: 900 } }, false],
  ['the newest may still wait for a checkpoint', { 13: { samples: 10 }, 14: { samples: 0 } }, true],
])('covered: %s', (_, changes, covered) => {
  expect(isCovered(seconds(changes), 15_000, 1_000)).toBe(covered);
});

test('the baseline begins when what piled up during warm-up is covered, or the limit is over', async () => {
  const plan = { ...PLAN, settlingLimitMs: 20_000 };
  const never = virtualTarget(1_200);
  const behind = { ...never, seconds: () => never.seconds().map((one) => ({ ...one, samples: 0 })) };
  expect(await sendKills({ ...plan, phases: [] }, behind)).toBeGreaterThanOrEqual(21_000);
  const soon = virtualTarget(1_200);
  expect(await sendKills({ ...plan, phases: [] }, soon)).toBeLessThan(4_000);
});
