import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell, Run } from '../model/index.ts';
import { PAIRS, type PairName } from './claim.ts';
import type { Experiment } from './experiment.ts';
import { EXPERIMENTS } from './experiments/index.ts';
import { findingSchema } from './finding.ts';
import { CLAIMS } from './published/index.ts';
import {
  cell,
  drainRun,
  failed,
  latencyRun,
  recoveryRun,
  refused,
  sustainRun,
  syntheticEvidence,
  wrong,
} from './testing/index.ts';

/** Few, so that they meet, and one histogram does for many runs. */
const P99_MS = [0.4, 6, 9, 30, 120, 480, 900, 1_900, 20_000];
const LATENCIES = P99_MS.map((p99Ms, index) =>
  latencyRun(1, {
    minMs: p99Ms / 4,
    p50Ms: p99Ms / 2,
    p99Ms,
    phasesMs: { walCommit: index, addBatch: p99Ms },
    lateRecords: {
      expected: index,
      seen: index,
      how: index % 2 === 0 ? 'count' : 'side-output',
      sparkCount: null,
    },
  }),
);
const SEARCHES = [0.4, 120, 900].map((p99Ms) => sustainRun(1, { curve: { '0.8': { p99Ms } } }));
const milliseconds = fc.constantFrom(...P99_MS);
const perSecond = fc.constantFrom(1, 90_000, 95_000, 400_000);

const latency = (rate: number) =>
  fc
    .constantFrom(...LATENCIES)
    .map((run) => ({ ...run, figures: run.figures && { ...run.figures, offeredRatePerSecond: rate } }));

const search = fc
  .tuple(fc.constantFrom(...SEARCHES), fc.option(perSecond), fc.constantFrom('engine', 'driver', 'range'))
  .map(([run, sustainablePerSecond, limitedBy]) => ({
    ...run,
    figures: run.figures && { ...run.figures, sustainablePerSecond, limitedBy },
  }));

/** The first of them, and now and then another. */
function mostly<Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 24, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** A run of a measure, of any figures, that passed or did not. */
function runOf(measure: string, rate: number, keys: number): fc.Arbitrary<Run> {
  const runs: Readonly<Record<string, fc.Arbitrary<Run>>> = {
    latency: latency(rate),
    drain: perSecond.map((value) => drainRun(value, { keys })),
    recovery: fc
      .array(fc.record({ caughtUpMs: fc.option(milliseconds, { freq: 20 }) }), { minLength: 1, maxLength: 3 })
      .map((kills) => recoveryRun(kills, { ratePerSecond: rate, keys, bytesPerSecond: 1_000 / keys })),
    sustain: search,
  };
  const run = runs[measure];
  if (run === undefined) throw new Error(`no synthetic run of ${measure}`);
  return fc
    .tuple(
      run,
      mostly((one: Run) => one, refused, wrong, failed),
    )
    .map(([one, ends]) => ends(one));
}

interface PlannedCell {
  readonly engine: Cell['engine'];
  readonly given: NonNullable<Parameters<typeof cell>[2]>;
  readonly run: fc.Arbitrary<Run>;
}

/** What a matrix's values ask for, with the engines of a pair where they name none. */
function plannedCells(values: NonNullable<Experiment['real']>, pair: PairName): readonly PlannedCell[] {
  const {
    workloads,
    engines = Object.values(PAIRS[pair]),
    profiles = { default: {} },
    rates = [5_000],
    measures = ['latency', 'drain'],
    guarantees = ['at-least-once'],
  } = values as {
    readonly workloads: readonly (
      | string
      | { readonly workload: string; readonly log: { readonly keys?: number } }
    )[];
    readonly engines?: readonly Cell['engine'][];
    readonly profiles?: Readonly<
      Record<string, 'builtin' | Partial<Record<Cell['engine'], Record<string, string>>>>
    >;
    readonly rates?: readonly number[];
    readonly measures?: readonly string[];
    readonly guarantees?: readonly Cell['guarantee'][];
  };
  return workloads.flatMap((entry) =>
    Object.entries(profiles).flatMap(([profile, byEngine]) =>
      engines.flatMap((engine) =>
        guarantees.flatMap((guarantee) =>
          rates.flatMap((rate) =>
            measures.map((measure) => ({
              engine,
              given: {
                workload: typeof entry === 'string' ? entry : entry.workload,
                profile,
                guarantee,
                settings: byEngine === 'builtin' ? {} : (byEngine[engine] ?? {}),
              },
              run: runOf(measure, rate, typeof entry === 'string' ? 1_000 : (entry.log.keys ?? 1_000)),
            })),
          ),
        ),
      ),
    ),
  );
}

/** Any part of the cells of an experiment, of any figures; null: it was not run. */
function partOf(values: Experiment['real'], pair: PairName): fc.Arbitrary<readonly Cell[] | null> {
  if (values === null) return fc.constant(null);
  const cells = plannedCells(values, pair).map(({ engine, given, run }) =>
    fc.option(
      fc.array(run, { minLength: 1, maxLength: 2 }).map((runs) => cell(engine, runs, given)),
      {
        freq: 40,
      },
    ),
  );
  return fc.option(
    fc.tuple(...cells).map((some) => some.filter((one) => one !== null)),
    { freq: 10 },
  );
}

const CAPABILITIES = [
  'late-side-output',
  'late-count',
  'session-window',
  'sliding-window',
  'global-window',
  'pattern',
  'exactly-once',
];

function evidenceFor(pair: PairName) {
  const parts = EXPERIMENTS.map((experiment) =>
    partOf(experiment[pair], pair).map((cells) => [experiment.name, cells] as const),
  );
  const capabilities = fc.tuple(
    ...Object.values(PAIRS[pair]).map((engine) =>
      fc.subarray([...CAPABILITIES]).map((some) => [engine, some]),
    ),
  );
  return fc.tuple(fc.tuple(...parts), capabilities).map(([all, able]) => {
    const run = all.flatMap(([name, cells]) => (cells === null ? [] : [[name, cells] as const]));
    return syntheticEvidence(Object.fromEntries(run), Object.fromEntries(able));
  });
}

test.each(['embedded', 'real'] as const)('no claim throws on any part of a measurement, %s', (pair) => {
  const property = fc.property(evidenceFor(pair), (evidence) => {
    for (const claim of CLAIMS) {
      const finding = claim.decide(evidence, PAIRS[pair]);
      expect(findingSchema.safeParse(finding).error).toBeUndefined();
      expect(claim.decide(evidence, PAIRS[pair])).toEqual(finding);
      for (const { experiment, side, engine } of finding.figures) {
        expect(engine).toBe(PAIRS[pair][side]);
        if (experiment !== null) expect(claim.experiments).toContain(experiment);
      }
    }
  });
  fc.assert(property, { numRuns: 15 });
});

test.each(['embedded', 'real'] as const)('without any result no claim shows a figure, %s', (pair) => {
  for (const claim of CLAIMS) {
    const finding = claim.decide(syntheticEvidence({}), PAIRS[pair]);
    expect(finding.figures.filter(({ experiment }) => experiment !== null)).toEqual([]);
    if (claim.experiments.length > 0) {
      expect(['not-measured', 'out-of-date', 'not-here']).toContain(finding.verdict);
    }
  }
});
