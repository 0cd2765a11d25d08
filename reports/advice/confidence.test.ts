import { expect, test } from 'vitest';
import { cell, latencyRun, recoveryRun, sustainRun } from '../claims/testing/index.ts';
import type { Run, SustainRun } from '../model/index.ts';
import { confidenceOf } from './confidence.ts';
import type { Model, Objective } from './objective.ts';
import { evidenceFrom, objective } from './testing/index.ts';

const GOOD = Array.from({ length: 6 }, () => latencyRun(5_000, { p99Ms: 10 }));

const confidence = (
  runs: readonly Run[],
  given: Partial<Objective> = {},
  other: readonly Run[] | null = null,
) =>
  confidenceOf(
    new Map<Model, ReturnType<typeof evidenceFrom>['configurations']>([
      ['event-driven', evidenceFrom([cell('event', runs)]).configurations],
      ...(other === null
        ? []
        : [['micro-batch', evidenceFrom([cell('micro-batch', other)]).configurations] as const]),
    ]),
    objective(given),
  );

test.each([
  ['none', 0],
  ['one-run', 1],
  ['few-runs', 2],
  ['few-runs', 5],
  ['interval', 6],
] as const)('it is %s with %i runs', (expected, count) => {
  expect(confidence(GOOD.slice(0, count))).toBe(expected);
});

test('the less well measured model counts, and one that was not measured most of all', () => {
  expect(confidence(GOOD, {}, GOOD.slice(0, 2))).toBe('few-runs');
  expect(confidence(GOOD, {}, [])).toBe('one-model');
  expect(confidence([], {}, [])).toBe('none');
});

test('what lies between two rates, or was harder than asked, is interpolated', () => {
  const around = [latencyRun(4_000, { p99Ms: 1 }), latencyRun(9_000, { p99Ms: 1 })];
  expect(confidence(around)).toBe('interpolated');
  expect(confidence(GOOD, { keys: 1_000 })).toBe('interval');
  expect(confidence(GOOD, { keys: 999 })).toBe('interpolated');
  expect(confidence(GOOD, { keys: 1_001 })).toBe('none');
  const kills = (ratePerSecond: number) =>
    recoveryRun([{ caughtUpMs: 1 }, { caughtUpMs: 1 }], { ratePerSecond });
  expect(confidence([...GOOD, kills(9_000)], { recoveryMs: 1 })).toBe('interpolated');
  expect(confidence([...GOOD, kills(5_000)], { recoveryMs: 1 })).toBe('few-runs');
  expect(confidence([...GOOD, kills(4_000)], { recoveryMs: 1 })).toBe('none');
});

test('how it came out does not matter: a limit that is missed is measured as well', () => {
  expect(confidence(GOOD, { latencyLimits: [{ percentile: 99, limitMs: 1 }] })).toBe('interval');
});

test('a search that found a rate not to hold, at what is asked or below it, tells enough alone', () => {
  const search = (fails: number): SustainRun => {
    const run = sustainRun(fails / 2, { slo: { percentile: 99, limitMs: 500 } });
    return { ...run, figures: run.figures && { ...run.figures, bracket: { holds: fails / 2, fails } } };
  };
  const implied = { latencyLimits: [{ percentile: 99, limitMs: 100 }] } as const;
  expect(confidence([search(4_000)], implied)).toBe('one-run');
  expect(confidence([search(4_000), search(8_000)], implied)).toBe('few-runs');
  expect(confidence([search(8_000)], implied)).toBe('none');
  expect(confidence([search(4_000)], { latencyLimits: [{ percentile: 99, limitMs: 501 }] })).toBe('none');
});
