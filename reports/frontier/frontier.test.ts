import { expect, test } from 'vitest';
import { cell, drainRun, latencyRun, refused, sustainRun, syntheticResult } from '../claims/testing/index.ts';
import { evidenceOf } from '../evidence/index.ts';
import type { Cell, Run } from '../model/index.ts';
import { MALICIOUS } from '../testing/index.ts';
import { frontiersOf } from './frontier.ts';
import { frontierSheet } from './frontier-sheet.ts';

const evidence = (cells: readonly Cell[]) =>
  evidenceOf([{ file: 'r.json', result: syntheticResult(cells) }]).configurations;

const only = (cells: readonly Cell[]) => {
  const [frontier, ...others] = frontiersOf(evidence(cells));
  if (frontier === undefined || others.length > 0) throw new Error('there is not one frontier');
  return frontier;
};

const at = (p99Ms: number, cpuSecondsPerMillion: number, ratePerSecond = 5_000): Run =>
  latencyRun(ratePerSecond, { p99Ms, cpuSecondsPerMillion });

const batch = (triggerIntervalMs: number, ...runs: readonly Run[]): Cell =>
  cell('micro-batch', runs, {
    profile: `t${triggerIntervalMs}`,
    settings: { triggerIntervalMs },
  });

test('a configuration that another beats in all is dominated; one that is best in anything is not', () => {
  const { points, ratePerSecond } = only([
    batch(100, at(180, 30), sustainRun(40_000)),
    batch(200, at(260, 20), sustainRun(60_000)),
    batch(300, at(390, 25), sustainRun(50_000)),
    cell('event', [at(20, 60), sustainRun(80_000)]),
  ]);
  expect(ratePerSecond).toBe(5_000);
  expect(points.map(({ number, name, standing }) => [number, name, standing])).toEqual([
    [1, 'event-driven', { kind: 'frontier' }],
    [2, 'micro-batch (t100)', { kind: 'frontier' }],
    [3, 'micro-batch (t200)', { kind: 'frontier' }],
    [4, 'micro-batch (t300)', { kind: 'dominated', by: [3], isOneRun: true }],
  ]);
});

test('overlapping ranges do not dominate, although every median is better', () => {
  const near = (p99Ms: number, cpu: number) => [at(p99Ms, cpu), at(p99Ms + 40, cpu + 4)];
  const { points } = only([batch(100, ...near(180, 20)), batch(200, ...near(200, 22))]);
  expect(points.map(({ standing }) => standing.kind)).toEqual(['frontier', 'frontier']);
  const apart = only([batch(100, ...near(180, 20)), batch(200, ...near(250, 20))]);
  expect(apart.points.map(({ standing }) => standing)).toEqual([
    { kind: 'frontier' },
    { kind: 'dominated', by: [1], isOneRun: false },
  ]);
});

test('a difference below the minimum effect is none, however certain it is', () => {
  const standings = (p99Ms: number) =>
    only([batch(100, at(100, 20)), batch(200, at(p99Ms, 20))]).points.map(({ standing }) => standing.kind);
  expect(standings(109)).toEqual(['frontier', 'frontier']);
  expect(standings(111)).toEqual(['frontier', 'dominated']);
});

test('the rate is the one that most were measured at, the higher of two; points of a curve count for nothing', () => {
  const curved = sustainRun(10_000, { curve: { 0.5: { p99Ms: 1 } } });
  const { ratePerSecond, points } = only([
    batch(100, at(180, 20, 1_000), at(190, 20, 5_000), curved),
    batch(200, at(280, 20, 1_000), at(290, 20, 5_000)),
    batch(300, at(380, 20, 20_000)),
  ]);
  expect(ratePerSecond).toBe(5_000);
  expect(points.map(({ name, coordinates }) => [name, coordinates.p99Ms?.estimate.median])).toEqual([
    ['micro-batch (t100)', 190],
    ['micro-batch (t200)', 290],
  ]);
  const apart = only([batch(100, at(180, 20, 1_000)), batch(200, at(280, 20, 2_000))]);
  expect([apart.ratePerSecond, apart.points]).toEqual([null, []]);
});

test('a drain stands in for no rate, a lower bound is matched by nothing, and one figure alone is not placed', () => {
  const { points } = only([
    batch(100, at(180, 20), sustainRun(400_000)),
    batch(200, at(280, 30), sustainRun(90_000, { limitedBy: 'driver' })),
    batch(300, at(380, 30)),
    batch(400, sustainRun(10_000)),
    batch(500, refused(at(1, 1))),
  ]);
  expect(points.map(({ name, standing }) => [name, standing.kind])).toEqual([
    ['micro-batch (t100)', 'frontier'],
    ['micro-batch (t200)', 'frontier'],
    ['micro-batch (t300)', 'dominated'],
    ['micro-batch (t400)', 'unplaced'],
  ]);
});

test('a latency that was never steady dominates nothing and can be dominated', () => {
  const unsteady = latencyRun(5_000, { p99Ms: 20, cpuSecondsPerMillion: 10, neverSteady: true });
  const { points } = only([batch(100, unsteady), batch(200, at(280, 20)), batch(300, at(10, 5))]);
  expect(points.map(({ name, standing }) => [name, standing])).toEqual([
    ['micro-batch (t300)', { kind: 'frontier' }],
    ['micro-batch (t100)', { kind: 'dominated', by: [1], isOneRun: true }],
    ['micro-batch (t200)', { kind: 'dominated', by: [1], isOneRun: true }],
  ]);
  const without = only([batch(100, unsteady), batch(200, at(280, 20))]);
  expect(without.points.map(({ standing }) => standing.kind)).toEqual(['frontier', 'frontier']);
});

test('guarantees, and logs of other keys, have frontiers of their own', () => {
  const cells = [
    batch(100, at(180, 20)),
    { ...batch(100, at(180, 20)), guarantee: 'exactly-once' as const },
    batch(100, latencyRun(5_000, { p99Ms: 200, keys: 1_000_000 })),
  ];
  expect(frontiersOf(evidence(cells)).map(({ guarantee, points }) => [guarantee, points.length])).toEqual([
    ['at-least-once', 1],
    ['exactly-once', 1],
    ['at-least-once', 1],
  ]);
});

test('the table names who dominates, marks bounds and what was never steady, and keeps hostile names harmless', () => {
  const frontier = only([
    { ...batch(100, at(180, 20), at(190, 22), sustainRun(41_000)), profile: MALICIOUS },
    batch(200, at(280, 30), sustainRun(40_000)),
    batch(300, latencyRun(5_000, { p99Ms: 900, cpuSecondsPerMillion: 9, neverSteady: true })),
    batch(400, at(1_000, 31), sustainRun(90_000, { limitedBy: 'range' })),
  ]);
  const sheet = frontierSheet(frontier);
  expect(sheet?.headers).toEqual([
    'configuration',
    'p99 at 5,000/s, ms',
    'sustainable rate (p99 ≤ 2,000 ms), k/s',
    'CPU-s/M at 5,000/s, s',
    'standing',
  ]);
  expect(sheet?.rows.map(([, ...cells]) => cells)).toEqual([
    ['185 (180–190)', '41.0', '21.0 (20.0–22.0)', 'on the frontier'],
    ['280', '40.0', '30.0', 'dominated by 1 (one run)'],
    ['900 †', '–', '9.00', 'on the frontier'],
    ['1,000', '≥ 90.0', '31.0', 'on the frontier'],
  ]);
  expect(sheet?.rows[0]?.[0]).not.toMatch(/\p{Cc}/u);
  expect(sheet?.caption).toMatch(/not searched for.*≥: .*†: /s);
});

test('two configurations without a rate are told by the comparison alone, with one they are a frontier', () => {
  const two = [batch(100, at(180, 20)), batch(200, at(280, 10))];
  expect(frontierSheet(only(two))).toBeNull();
  expect(frontierSheet(only([...two, batch(300, at(380, 5))]))?.rows).toHaveLength(3);
  const searched = [batch(100, at(180, 20), sustainRun(4_000)), batch(200, at(280, 10), sustainRun(5_000))];
  expect(frontierSheet(only(searched))?.rows).toHaveLength(2);
});

test('the caption tells a rate that was not searched for from one that never held', () => {
  const rows = (...runs: readonly Run[]) => [100, 200, 300].map((t) => batch(t, at(t, 1_000 / t), ...runs));
  expect(frontierSheet(only(rows(drainRun(90_000))))?.caption).toContain('none was searched for');
  expect(frontierSheet(only(rows(sustainRun(null))))?.caption).toContain('none held');
});

test('configurations of one name are told apart by the settings in which they differ', () => {
  const custom = (trigger: number, p99Ms: number) => ({
    ...batch(trigger, at(p99Ms, 10)),
    profile: 'custom',
  });
  expect(only([custom(200, 210), custom(500, 510)]).points.map(({ name }) => name)).toEqual([
    'micro-batch (custom), triggerIntervalMs=200',
    'micro-batch (custom), triggerIntervalMs=500',
  ]);
});
