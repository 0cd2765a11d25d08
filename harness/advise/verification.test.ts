import { expect, test } from 'vitest';
import type { Objective } from '../../reports/advice/index.ts';
import type { Result, Run } from '../../reports/model/index.ts';
import { fixtureResult } from '../../reports/testing/index.ts';
import { verificationOf } from './verification.ts';

const OBJECTIVE: Objective = {
  ...{ workload: 'merchant-spend', ratePerSecond: 5_000, guarantee: 'at-least-once' },
  latencyLimits: [{ percentile: 99, limitMs: 1_000 }],
  ...{ recoveryMs: null, keys: null, cpuSecondsPerMillion: null, needs: [], estate: 'none' },
  batchOnSameCode: false,
};

const RESULT = fixtureResult();

/** Fresh runs of the event-driven engine alone, at-least-once. */
function fresh(change: (run: Run) => Run = (run) => run): Result {
  const cells = RESULT.cells.filter(
    ({ workload, engine, guarantee }) =>
      workload === 'merchant-spend' && engine === 'event' && guarantee === 'at-least-once',
  );
  return { ...RESULT, cells: cells.map((cell) => ({ ...cell, runs: cell.runs.map(change) })) };
}

const latencyOf = (result: Result, limitMs: number, objective = OBJECTIVE) =>
  verificationOf(
    { ...objective, latencyLimits: [{ percentile: 99, limitMs }] },
    result,
    'results/advise-verify/x/result.json',
  );

test('confirmed where the fresh runs meet every limit, by figures of their own file', () => {
  const { outcome, advice, file } = latencyOf(fresh(), 1_000);
  expect(outcome).toBe('confirmed');
  expect(advice).toMatchObject({
    kind: 'recommended',
    choice: { configuration: { engine: 'event' }, checks: [{ reading: { files: [file] } }, {}] },
  });
});

test('withdrawn where they miss one at the better end too', () => {
  expect(latencyOf(fresh(), 1).outcome).toBe('withdrawn');
});

test('open where the range lies across the limit', () => {
  const result = fresh();
  const [cell] = result.cells as [Result['cells'][number]];
  const slower = cell.runs.flatMap((run) =>
    run.kind === 'latency' && run.figures !== null
      ? [
          {
            ...run,
            figures: { ...run.figures, latency: { ...run.figures.latency, p99: 1_500_000 } },
          },
        ]
      : [],
  );
  const both = { ...result, cells: [{ ...cell, runs: [...cell.runs, ...slower] }] };
  expect(latencyOf(both, 1_000).outcome).toBe('open');
});

test('open where the fresh runs do not tell a limit', () => {
  expect(latencyOf(fresh(), 1_000, { ...OBJECTIVE, keys: 2_000_000 }).outcome).toBe('open');
});

test('refused where no run was valid', () => {
  const refused = fresh((run) => ({ ...run, outcome: 'invalid', figures: null }) as Run);
  expect(latencyOf(refused, 1_000).outcome).toBe('refused');
});
