import { expect, test } from 'vitest';
import { plannedMs, roughly, TimeLeft } from './estimate.ts';
import { interleave } from './interleave.ts';
import { cellDefaults } from './presets.ts';

const PLAN = {
  ...(await cellDefaults('merchant-spend', 'event', 1)),
  measures: ['latency', 'drain'] as const,
};
const RUNS = interleave([PLAN], 2);

test('before anything has run, the plan is the estimate', () => {
  const once = plannedMs(PLAN, 'latency') + plannedMs(PLAN, 'drain');
  expect(new TimeLeft().of(RUNS)).toBe(2 * once);
});

test('a longer plan is a longer estimate', () => {
  const { durationMs, drainEvents, kills } = PLAN;
  const more = { ...PLAN, durationMs: 2 * durationMs, drainEvents: 2 * drainEvents, kills: kills + 1 };
  for (const measure of ['latency', 'drain', 'recovery'] as const) {
    expect(plannedMs(more, measure)).toBeGreaterThan(plannedMs(PLAN, measure));
  }
});

test('what has run corrects the estimate of its measure alone', () => {
  const left = new TimeLeft();
  left.note({ cell: PLAN, measure: 'drain' }, 3 * plannedMs(PLAN, 'drain'));
  left.note({ cell: PLAN, measure: 'drain' }, 1 * plannedMs(PLAN, 'drain'));
  expect(left.of(RUNS)).toBeCloseTo(2 * plannedMs(PLAN, 'latency') + 4 * plannedMs(PLAN, 'drain'));
});

test.each([
  [1_400, '1 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [200_000, '3 min'],
  [3_600_000, '1 h 0 min'],
  [12_240_000, '3 h 24 min'],
])('%d ms is roughly %s', (milliseconds, text) => {
  expect(roughly(milliseconds)).toBe(text);
});
