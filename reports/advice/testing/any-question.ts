import fc from 'fast-check';
import { cell, latencyRun, recoveryRun, sustainRun, wrong } from '../../claims/testing/index.ts';
import type { Cell, LatencyRun, Run, SustainRun } from '../../model/index.ts';
import type { Objective } from '../objective.ts';
import { objective } from './synthetic-question.ts';

const RATES = [1_000, 5_000, 10_000] as const;
const KEYS = [1_000, 50_000] as const;
const SLOS = [
  { percentile: 99, limitMs: 50 },
  { percentile: 50, limitMs: 200 },
] as const;

const known = new Map<string, Run>();

/** Made once for the same values: building a histogram takes long. */
export function once(values: readonly unknown[], make: () => Run): Run {
  const key = JSON.stringify(values);
  const run = known.get(key) ?? make();
  known.set(key, run);
  return run;
}

const latency = fc
  .record({
    rate: fc.constantFrom(...RATES),
    p99Ms: fc.constantFrom(10, 30, 60, 90, 150, 400),
    cpuSecondsPerMillion: fc.constantFrom(5, 6, 10, 20, 40),
    keys: fc.constantFrom(...KEYS),
    neverSteady: fc.constantFrom(false, false, false, true),
  })
  .map(({ rate, p99Ms, cpuSecondsPerMillion, keys, neverSteady }): Run => {
    const made = once(['latency', p99Ms], () => latencyRun(rate, { p50Ms: 5, p99Ms })) as LatencyRun;
    return {
      ...made,
      log: { ...made.log, specification: { keys } },
      cost: { processes: [], cpuSecondsPerMillionEvents: cpuSecondsPerMillion },
      figures: made.figures && {
        ...made.figures,
        offeredRatePerSecond: rate,
        warmupEndedBy: neverSteady ? 'maximum' : 'steady',
      },
    };
  });

const recovery = fc
  .record({
    ratePerSecond: fc.constantFrom(...RATES),
    keys: fc.constantFrom(...KEYS),
    firsts: fc.array(fc.constantFrom(500, 900, 2_000, null), { minLength: 1, maxLength: 3 }),
  })
  .map(({ firsts, ...truth }) =>
    once(['recovery', firsts, truth], () =>
      recoveryRun(
        firsts.map((firstOutputMs) => ({ caughtUpMs: 3_000, firstOutputMs })),
        truth,
      ),
    ),
  );

const searched = fc
  .record({
    fails: fc.constantFrom(900, 4_000, 8_000, 20_000, null),
    slo: fc.constantFrom(...SLOS),
    keys: fc.constantFrom(...KEYS),
  })
  .map(({ fails, slo, keys }) =>
    once(['search', fails, slo, keys], (): SustainRun => {
      const holds = fails === null ? 30_000 : fails / 2;
      const run = sustainRun(holds, { slo, keys });
      return { ...run, figures: run.figures && { ...run.figures, bracket: { holds, fails } } };
    }),
  );

const run = fc.oneof(
  { weight: 6, arbitrary: latency },
  { weight: 2, arbitrary: recovery },
  { weight: 1, arbitrary: searched },
  { weight: 1, arbitrary: latency.map(wrong) },
);

const anyCell = fc
  .record({
    engine: fc.constantFrom<Cell['engine'][]>(
      'event',
      'event',
      'micro-batch',
      'micro-batch',
      'flink',
      'spark',
    ),
    profile: fc.constantFrom('default', 'default', 'tuned-latency'),
    guarantee: fc.constantFrom<Cell['guarantee'][]>('at-least-once', 'at-least-once', 'exactly-once'),
    runs: fc.array(run, { minLength: 1, maxLength: 5 }),
  })
  .map(({ engine, runs, ...given }) => cell(engine, runs, given));

/** Results, each by its cells. */
export const anyResults = fc.array(fc.array(anyCell, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 5,
});

export const anyObjective = fc
  .record({
    ratePerSecond: fc.constantFrom(500, 1_000, 3_000, 5_000, 5_000, 10_000),
    latencyLimits: fc.constantFrom<Objective['latencyLimits'][]>(
      [],
      [{ percentile: 99, limitMs: 100 }],
      [{ percentile: 99, limitMs: 500 }],
      [
        { percentile: 50, limitMs: 200 },
        { percentile: 99, limitMs: 50 },
      ],
    ),
    recoveryMs: fc.constantFrom(null, null, null, 1_000),
    guarantee: fc.constantFrom<Objective['guarantee'][]>('at-least-once', 'at-least-once', 'exactly-once'),
    keys: fc.constantFrom(null, null, 1_000, 20_000),
    cpuSecondsPerMillion: fc.constantFrom(null, null, 15),
    needs: fc.constantFrom<Objective['needs'][]>([], [], ['late-side-output'], ['pattern']),
    estate: fc.constantFrom<Objective['estate'][]>('none', 'flink', 'spark'),
    batchOnSameCode: fc.boolean(),
  })
  .map(objective);
