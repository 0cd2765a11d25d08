import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cell, latencyRun } from '../claims/testing/index.ts';
import type { Cell } from '../model/index.ts';
import { type Advice, CONFIDENCES, candidatesOf } from './advice.ts';
import { advise } from './advise.ts';
import { dominates, figuresFor } from './dominance.ts';
import type { Objective } from './objective.ts';
import {
  anyObjective,
  anyResults,
  EVERY_CAPABILITY,
  evidenceFrom,
  objective,
  once,
} from './testing/index.ts';

/** Ways to ask for more, as they are listed at `advise`; a higher rate is none: it may lie nearer to what was measured. */
const STRICTER: readonly ((asked: Objective) => Objective)[] = [
  (asked) => ({
    ...asked,
    latencyLimits: asked.latencyLimits.map((limit) => ({ ...limit, limitMs: limit.limitMs / 2 })),
  }),
  (asked) => ({ ...asked, latencyLimits: [...asked.latencyLimits, { percentile: 99.9, limitMs: 120 }] }),
  (asked) => ({ ...asked, recoveryMs: (asked.recoveryMs ?? 4_000) / 2 }),
  (asked) => ({ ...asked, guarantee: 'exactly-once' }),
  (asked) => ({ ...asked, keys: (asked.keys ?? 500) * 10 }),
  (asked) => ({ ...asked, cpuSecondsPerMillion: (asked.cpuSecondsPerMillion ?? 60) / 2 }),
  (asked) => ({ ...asked, needs: [...asked.needs, 'late-side-output'] }),
];

const ask = (asked: Objective, from: readonly (readonly Cell[])[]): Advice =>
  advise(asked, evidenceFrom(...from), EVERY_CAPABILITY);

const isRefusal = ({ kind }: Advice): boolean => kind === 'none-meets' || kind === 'no-evidence';

const RUNS = { numRuns: 80, seed: 9 } as const;

test('the questions and results drawn here have every kind of answer, at every confidence', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyObjective, anyResults, (asked, from) => {
      const { kind, confidence } = ask(asked, from);
      seen.add(kind).add(confidence);
    }),
    { ...RUNS, numRuns: 200 },
  );
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      'either',
      'no-evidence',
      'none-meets',
      'recommended',
      'none',
      'one-model',
      'one-run',
    ]),
  );
});

test('a stricter objective never turns a refusal into a recommendation', () => {
  fc.assert(
    fc.property(anyObjective, fc.constantFrom(...STRICTER), anyResults, (asked, stricter, from) => {
      fc.pre(isRefusal(ask(asked, from)));
      expect(isRefusal(ask(stricter(asked), from))).toBe(true);
    }),
    RUNS,
  );
});

test('what is recommended meets each limit by its own evidence, and nothing wrong is', () => {
  fc.assert(
    fc.property(anyObjective, anyResults, (asked, from) => {
      for (const { configuration, checks } of candidatesOf(ask(asked, from))) {
        const alone = evidenceFrom(...from).configurations.find(({ id }) => id === configuration.id);
        expect(alone?.runs.wrong).toBe(0);
        expect(configuration.guarantee === 'exactly-once' || asked.guarantee === 'at-least-once').toBe(true);
        for (const { requirement, reading } of checks) {
          if (requirement.kind === 'rate') {
            const rates = alone?.latencies.map(({ ratePerSecond }) => ratePerSecond) ?? [];
            expect(Math.min(...rates)).toBeLessThanOrEqual(requirement.limit);
            expect(Math.max(...rates)).toBeGreaterThanOrEqual(requirement.limit);
          } else {
            expect(reading.estimate.high).toBeLessThanOrEqual(requirement.limit);
          }
          expect(reading.files.length).toBeGreaterThan(0);
        }
      }
    }),
    RUNS,
  );
});

test('a dominated configuration is never recommended', () => {
  fc.assert(
    fc.property(anyObjective, anyResults, (asked, from) => {
      // Without wishes: a wish is a reason to take what is otherwise dominated.
      const plain = { ...asked, estate: 'none', batchOnSameCode: false } as const;
      const advice = ask(plain, from);
      const choices = candidatesOf(advice);
      const others = evidenceFrom(...from).configurations.filter(
        ({ engine, guarantee, runs, id }) =>
          runs.wrong === 0 &&
          (guarantee === 'exactly-once' || plain.guarantee === 'at-least-once') &&
          !advice.excluded.some((one) => one.engine === engine) &&
          !advice.rejected.some(({ configuration }) => configuration.id === id),
      );
      for (const choice of choices) {
        const rivals = others.filter(({ keys }) => keys === choice.configuration.keys);
        const mine = figuresFor(choice, plain);
        const better = rivals.filter((configuration) =>
          dominates(figuresFor({ ...choice, configuration }, plain), mine),
        );
        expect(better).toEqual([]);
      }
    }),
    RUNS,
  );
});

test('to dominate is a strict partial order', () => {
  const value = fc.constantFrom(1, 2, 3);
  const estimate = fc
    .tuple(value, value, value)
    .map((ends) => [...ends].sort() as [number, number, number])
    .map(([low, median, high]) => ({ low, median, high, count: 3 }));
  const figures = fc
    .record({ p99: estimate, cost: estimate, recovery: estimate }, { requiredKeys: [] })
    .map((all) => new Map(Object.entries(all)));
  fc.assert(
    fc.property(figures, figures, figures, (a, b, c) => {
      expect(dominates(a, a)).toBe(false);
      expect(dominates(a, b) && dominates(b, a)).toBe(false);
      expect(dominates(a, b) && dominates(b, c) && !dominates(a, c)).toBe(false);
    }),
    { ...RUNS, numRuns: 500 },
  );
});

test('taking any result away never makes the advice surer', () => {
  fc.assert(
    fc.property(anyObjective, anyResults, fc.nat(), (asked, from, nth) => {
      const without = from.filter((_, i) => i !== nth % from.length);
      const [before, after] = [ask(asked, from), ask(asked, without)];
      expect(CONFIDENCES.indexOf(after.confidence)).toBeLessThanOrEqual(
        CONFIDENCES.indexOf(before.confidence),
      );
    }),
    { ...RUNS, numRuns: 200 },
  );
});

test('without a whole configuration a refusal stays a refusal', () => {
  fc.assert(
    fc.property(anyObjective, anyResults, fc.nat(), (asked, from, nth) => {
      const whole = ask(asked, from);
      fc.pre(isRefusal(whole));
      const evidence = evidenceFrom(...from);
      const configurations = evidence.configurations.filter(
        (_, i) => i !== nth % evidence.configurations.length,
      );
      expect(isRefusal(advise(asked, { ...evidence, configurations }, EVERY_CAPABILITY))).toBe(true);
    }),
    RUNS,
  );
});

test('a result that alone shows a configuration to do, taken away, turns no refusal into a recommendation', () => {
  // At a measured rate; on the line between two rates the nearest point decides, and taking it away moves the line.
  const good = fc.constantFrom(10, 30, 60, 90);
  const p99 = fc.oneof(good, fc.constantFrom(150, 400));
  fc.assert(
    fc.property(fc.array(p99, { maxLength: 12 }), good, (others, supporting) => {
      const from = (p99s: readonly number[]) =>
        p99s.map((p99Ms) => [cell('event', [once(['only', p99Ms], () => latencyRun(5_000, { p99Ms }))])]);
      fc.pre(isRefusal(ask(objective(), from([...others, supporting]))));
      expect(isRefusal(ask(objective(), from(others)))).toBe(true);
    }),
    RUNS,
  );
});

test('the order in which results are read changes nothing', () => {
  fc.assert(
    fc.property(anyObjective, anyResults, (asked, from) => {
      const [one, other] = [ask(asked, from), ask(asked, [...from].reverse())];
      expect(other.kind).toBe(one.kind);
      expect(candidatesOf(other).map(({ configuration }) => configuration.id)).toEqual(
        candidatesOf(one).map(({ configuration }) => configuration.id),
      );
    }),
    RUNS,
  );
});
