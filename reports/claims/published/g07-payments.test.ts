import { expect, test } from 'vitest';
import type { Run } from '../../model/index.ts';
import { PAIRS } from '../claim.ts';
import { latencyRun, refused, sides, syntheticEvidence, wrong } from '../testing/index.ts';
import { G7 } from './g07-payments.ts';

/** At 50,000/s each 20 ms of the mean are a thousand in flight. */
const runs = (...meanMs: readonly number[]): readonly Run[] =>
  meanMs.map((value) => latencyRun(50_000, { meanMs: value, p50Ms: value, p99Ms: value * 2 }));

type Sides = readonly [event: readonly Run[], batch: readonly Run[]];

const decide = (standard: Sides, tuned: Sides) =>
  G7.decide(
    syntheticEvidence({
      'payments-50k': [
        ...sides('embedded', 'default', ...standard),
        ...sides('embedded', 'tuned-latency', ...tuned),
      ],
    }),
    PAIRS.embedded,
  );

const FEW = runs(15, 16, 17);
const MANY = runs(280, 290, 300);

test.each([
  ['thousands with micro-batches however tuned, fewer without', [FEW, MANY], [FEW, runs(60, 62)], 'holds'],
  ['an event-driven engine that has fewer once it is tuned', [MANY, MANY], [FEW, MANY], 'holds'],
  ['micro-batches that have fewer once they are tuned', [FEW, MANY], [FEW, FEW], 'in-part'],
  ['a range that reaches over the two thousand', [FEW, MANY], [FEW, runs(35, 45)], 'in-part'],
  ['an event-driven engine with thousands in flight too', [MANY, MANY], [MANY, MANY], 'not-here'],
  ['micro-batches that have fewer even with their trigger', [FEW, FEW], [FEW, FEW], 'not-here'],
  ['one side alone', [FEW, MANY], [FEW, []], 'not-measured'],
  ['runs that were refused', [FEW, MANY.map(refused)], [FEW, FEW], 'not-measured'],
  ['runs that were wrong', [FEW.map(wrong), MANY], [FEW, FEW], 'not-measured'],
] as const)('%s: %s', (_, standard, tuned, verdict) => {
  expect(decide(standard, tuned).verdict).toBe(verdict);
});

test("what is in flight is the rate times the mean latency, by Little's law", () => {
  const { figures, because } = decide([FEW, MANY], [FEW, FEW]);
  const inFlight = figures.filter(({ unit }) => unit === 'records');
  expect(inFlight.map(({ estimate }) => estimate.median)).toEqual([800, 14_500, 800, 800]);
  expect(because).toContain('In flight, default: event-driven 800, micro-batch 14,500');
  expect(because).not.toContain('keep up');
});

test('inputs that wait longer than two intervals are told as a trigger that is not kept', () => {
  expect(decide([FEW, runs(900, 950)], [FEW, FEW]).because).toContain('does not keep up with its trigger');
});

test('a mean that is not known is not guessed', () => {
  const unknown = FEW.map(
    (run): Run =>
      run.kind !== 'latency' || run.figures === null
        ? run
        : { ...run, figures: { ...run.figures, latency: { ...run.figures.latency, mean: null } } },
  );
  expect(decide([unknown, MANY], [FEW, FEW]).because).toContain('event, default (payments-50k)');
});
