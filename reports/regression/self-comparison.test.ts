import { expect, test } from 'vitest';
import { fixtureResult, SeededLatency } from '../testing/index.ts';
import { DEFAULT_CONFIG, selfComparison } from './index.ts';

/** One cell's drains, ten runs, with a spread between them. */
function drains(spread: number) {
  const random = new SeededLatency(5);
  const result = fixtureResult();
  const [cell] = result.cells;
  const run = cell?.runs.find(({ kind }) => kind === 'drain');
  if (cell === undefined || run?.kind !== 'drain' || run.figures === null) throw new Error('no drain');
  const { figures } = run;
  const runs = Array.from({ length: 10 }, () => ({
    ...run,
    figures: { ...figures, eventsPerSecond: random.latencyUs(1e9, spread) },
  }));
  return { name: 'side', results: [{ ...result, cells: [{ ...cell, runs }] }] };
}

const off = { level: 'off' as const };
const metrics = { 'drain-cold-rate': off, 'cpu-per-million-draining': off };
const options = { config: { ...DEFAULT_CONFIG, metrics }, seed: 3, vary: [] };
const drainRow = (spread: number) =>
  selfComparison(drains(spread), options).rows.find(({ metric }) => metric === 'drain-rate');

test('a side against itself shows few changes, and quiet runs show smaller effects than loud ones', () => {
  const [quiet, loud] = [drainRow(0.02), drainRow(0.2)];
  expect(quiet).toMatchObject({ runs: 10, minimumEffect: 0.05, level: 'error' });
  expect(quiet?.changed).toBe(0);
  expect(loud?.belowAlpha).toBeLessThan(0.1);
  expect(quiet?.detectable).toBeGreaterThan(0.01);
  expect(quiet?.detectable).toBeLessThan(0.1);
  expect(loud?.detectable ?? 1).toBeGreaterThan(2 * (quiet?.detectable ?? 1));
});

test('a minimum effect below what the runs show is told, with the runs that it would take', () => {
  expect(drainRow(0.005)).toMatchObject({ limit: 'shown', runsNeeded: null });
  const loud = drainRow(0.1);
  expect(loud?.limit).toBe('too small');
  expect(loud?.runsNeeded).toBeGreaterThan(20);
  expect(loud?.runsNeeded).toBeLessThan(100);
});

test('a family too large for its runs is told how many it needs', () => {
  const rows = selfComparison(drains(0.005), { ...options, config: { ...options.config, alpha: 1e-6 } }).rows;
  expect(rows).toMatchObject([{ detectable: null, limit: 'too small', runsNeeded: 12 }]);
});
