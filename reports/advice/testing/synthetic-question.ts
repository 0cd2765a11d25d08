import { cell, latencyRun, syntheticResult } from '../../claims/testing/index.ts';
import { type Evidence, evidenceOf } from '../../evidence/index.ts';
import type { Cell } from '../../model/index.ts';
import { advise } from '../advise.ts';
import type { EngineFacts, Objective } from '../objective.ts';

/** A question about merchant-spend at 5,000/s with p99 <= 100 ms, unless told otherwise. */
export function objective(given: Partial<Objective> = {}): Objective {
  return {
    workload: 'merchant-spend',
    ratePerSecond: 5_000,
    latencyLimits: [{ percentile: 99, limitMs: 100 }],
    recoveryMs: null,
    guarantee: 'at-least-once',
    keys: null,
    cpuSecondsPerMillion: null,
    needs: [],
    estate: 'none',
    batchOnSameCode: false,
    ...given,
  };
}

/** Parsed once: a property test makes thousands of results. */
const EMPTY = syntheticResult([]);

/** The evidence of results, each given by its cells. */
export const evidenceFrom = (...results: readonly (readonly Cell[])[]): Evidence =>
  evidenceOf(
    results.map((cells, i) => ({ file: `result-${i}.json`, result: { ...EMPTY, cells: [...cells] } })),
  );

/** All engines can all that tests ask for, but for late records as an output, which the real Spark lacks, and patterns, which are event's alone. */
export const EVERY_CAPABILITY: EngineFacts = {
  capabilitiesOf: (engine) =>
    new Set([
      'tumbling-window',
      ...(engine === 'spark' ? [] : ['exactly-once', 'late-side-output']),
      ...(engine === 'event' ? ['pattern'] : []),
    ]),
  batchOnSameCode: new Set(['micro-batch', 'spark']),
};

/** The advice on one result. */
export const asked = (given: Partial<Objective>, ...cells: readonly Cell[]) =>
  advise(objective(given), evidenceFrom(cells), EVERY_CAPABILITY);

type Given = NonNullable<Parameters<typeof cell>[2]>;

/** A cell with one run a p99, at a cost. */
export const measured = (
  engine: Cell['engine'],
  p99s: readonly number[],
  costs: readonly number[],
  given: Given & { readonly rate?: number } = {},
): Cell => {
  const { rate = 5_000, ...rest } = given;
  const runs = p99s.map((p99Ms, i) => {
    const cpuSecondsPerMillion = costs[i % costs.length] ?? 10;
    return latencyRun(rate, { p50Ms: p99Ms / 2, p99Ms, cpuSecondsPerMillion });
  });
  return cell(engine, runs, rest);
};

/** Fast and dear, slow and cheap. */
export const FAST = measured('event', [20, 22, 24], [50, 51, 52]);
export const CHEAP = measured('micro-batch', [520, 530, 540], [10, 11, 12]);
