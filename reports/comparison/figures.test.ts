import { expect, test } from 'vitest';
import type { Cell } from '../model/index.ts';
import { mergeDistributions } from '../model/index.ts';
import { fixtureResult } from '../testing/index.ts';
import { figuresOf } from './figures.ts';
import { metricValue } from './value.ts';

const [first, second] = fixtureResult().cells as [Cell, Cell];

test('latencies of several runs are merged, not averaged', () => {
  const pooled = figuresOf({ ...first, runs: [...first.runs, ...second.runs] });
  const distributions = [first, second].flatMap((cell) =>
    cell.runs.flatMap((run) => (run.kind === 'latency' && run.figures ? [run.figures.latency] : [])),
  );
  expect(pooled.latency.runs).toBe(2);
  expect(pooled.latency.value?.latency).toEqual(mergeDistributions(distributions));
  expect(metricValue(pooled, 'latency-samples')).toMatchObject({ kind: 'number', value: 40_000 });
});

test('a kill that was not caught up makes the time unknown, not shorter', () => {
  const runs = first.runs.map((run) => {
    if (run.kind !== 'recovery' || run.figures === null) return run;
    const [kill] = run.figures.kills;
    return kill === undefined
      ? run
      : {
          ...run,
          figures: { ...run.figures, kills: [kill, { ...kill, caughtUpMs: null, firstOutputMs: 905 }] },
        };
  });
  const figures = figuresOf({ ...first, runs });
  expect(metricValue(figures, 'recovery-caught-up')).toEqual({ kind: 'never' });
  expect(metricValue(figures, 'recovery-first-output')).toEqual({
    kind: 'number',
    value: 805,
    interval: { low: 705, high: 905, coverage: 0.5 },
  });
});

test('a cell without a kind of run has no value and no reason', () => {
  expect(metricValue(figuresOf({ ...first, runs: [] }), 'drain-rate')).toEqual({ kind: 'absent' });
});
