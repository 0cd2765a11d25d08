import { expect, test } from 'vitest';
import { cell, latencyRun, recoveryRun, sustainRun } from '../claims/testing/index.ts';
import type { Cell, SustainRun } from '../model/index.ts';
import type { Objective } from './objective.ts';
import { asked, CHEAP, FAST, measured } from './testing/index.ts';

const nameOf = (judged: { configuration: { name: string } } | null | undefined) =>
  judged?.configuration.name ?? null;

test('the worse end of the range must meet the limit', () => {
  const advice = asked({}, measured('event', [60, 70, 110], [10]), CHEAP);
  if (advice.kind !== 'none-meets') throw new Error(advice.kind);
  expect(nameOf(advice.nearest)).toBe('event-driven');
  expect(advice.nearest?.checks[1]).toMatchObject({ status: 'missed', factor: 1.1, surely: false });
  expect(advice.missedByAll).toEqual([{ kind: 'latency', percentile: 99, limit: 100, unit: 'ms' }]);
  expect(advice.measure).toBeNull();
});

test('between two measured rates the figure lies on the line between them, and is called so', () => {
  const rates = [
    measured('event', [20, 24], [50], { rate: 4_000 }),
    measured('event', [60, 80], [30], { rate: 8_000 }),
  ];
  const advice = asked({}, ...rates, CHEAP);
  if (advice.kind !== 'recommended') throw new Error(advice.kind);
  expect(advice.confidence).toBe('interpolated');
  expect(advice.choice.checks[1]?.reading).toEqual({
    estimate: { median: 34, low: 30, high: 38, count: 2 },
    basis: { kind: 'interpolated', lowerPerSecond: 4_000, higherPerSecond: 8_000 },
    neverSteady: false,
    files: ['result-0.json'],
  });
  expect(advice.choice.cost?.estimate.median).toBe(45);
  expect(asked({ latencyLimits: [{ percentile: 99, limitMs: 37 }] }, ...rates, CHEAP).kind).toBe(
    'none-meets',
  );
});

test.each([1_000, 9_000])('at %i/s, outside the measured rates, nothing is said', (ratePerSecond) => {
  const advice = asked(
    { ratePerSecond },
    measured('event', [20], [50], { rate: 4_000 }),
    measured('event', [20], [50], { rate: 8_000 }),
  );
  if (advice.kind !== 'no-evidence') throw new Error(advice.kind);
  expect(advice.confidence).toBe('none');
  expect(advice.lacking).toBe('figures');
  expect(advice.rejected[0]?.checks.map((check) => check.status === 'unmeasured' && check.lack)).toEqual(
    Array(2).fill({ kind: 'rate', measured: { lowestPerSecond: 4_000, highestPerSecond: 8_000 } }),
  );
  expect(advice.measure).toEqual({
    workload: 'merchant-spend',
    engines: ['event', 'micro-batch'],
    profiles: ['default'],
    guarantee: 'at-least-once',
    ratePerSecond,
    keys: null,
    measures: ['latency'],
  });
});

const search = (fails: number): SustainRun => {
  const run = sustainRun(fails * 0.97, { slo: { percentile: 99, limitMs: 500 } });
  return { ...run, figures: run.figures && { ...run.figures, bracket: { holds: fails * 0.97, fails } } };
};

test('a rate that a search with no stricter limit found not to hold is missed', () => {
  const found = cell('event', [search(4_000)]);
  const advice = asked({}, found, CHEAP);
  expect(advice.kind).toBe('none-meets');
  const [, event] = advice.rejected.map(({ checks }) => checks[0]).reverse();
  expect(event).toMatchObject({
    status: 'missed',
    reading: { estimate: { median: 4_000 }, basis: { kind: 'search', percentile: 99, limitMs: 500 } },
    factor: 1.25,
  });
  const laxer = asked({ latencyLimits: [{ percentile: 99, limitMs: 600 }] }, found);
  expect(laxer.rejected[0]?.checks[0]?.status).toBe('unmeasured');
});

test('a search says something of an objective that implies its own, and of no other', () => {
  const found = cell('event', [search(4_000)]);
  const rateUnder = (percentile: 50 | 99 | 99.9, limitMs: number) =>
    asked({ latencyLimits: [{ percentile, limitMs }] }, found).rejected[0]?.checks[0]?.status;
  expect(rateUnder(99.9, 500)).toBe('missed');
  expect(rateUnder(99, 500)).toBe('missed');
  expect(rateUnder(50, 500)).toBe('unmeasured');
  expect(rateUnder(99.9, 501)).toBe('unmeasured');
});

test('searches that contradict each other leave the rate open', () => {
  const slo = { percentile: 99, limitMs: 500 };
  const held = sustainRun(7_000, { slo, limitedBy: 'driver' });
  const rateAt = (ratePerSecond: number, other: SustainRun) =>
    asked({ ratePerSecond }, cell('event', [search(4_000), other])).rejected[0]?.checks[0]?.status;
  expect(rateAt(6_000, search(8_000))).toBe('unmeasured');
  expect(rateAt(6_000, held)).toBe('unmeasured');
  expect(rateAt(9_000, search(8_000))).toBe('missed');
});

test('a latency that never became steady does not show that the rate is held', () => {
  const unsteady = cell('event', [latencyRun(5_000, { p50Ms: 1, neverSteady: true })]);
  const advice = asked({}, unsteady);
  expect(advice.rejected[0]?.checks[0]).toMatchObject({ status: 'unmeasured', lack: { kind: 'unsteady' } });
});

test('a recovery counts at the rate and the keys asked or more, and then as harder', () => {
  const killed = (ratePerSecond: number, firstOutputMs: number | null, keys = 1_000): Cell =>
    cell('event', [
      latencyRun(5_000, { p50Ms: 1, keys }),
      recoveryRun([{ caughtUpMs: 3_000, firstOutputMs }], { ratePerSecond, keys }),
    ]);
  const check = (given: Partial<Objective>, one: Cell) => {
    const advice = asked({ latencyLimits: [], recoveryMs: 1_000, ...given }, one);
    return (advice.kind === 'recommended' ? advice.choice : advice.rejected[0])?.checks[1];
  };
  expect(check({}, killed(5_000, 900))).toMatchObject({
    status: 'met',
    reading: { basis: { kind: 'measured' } },
  });
  expect(check({}, killed(5_000, 1_100))).toMatchObject({ status: 'missed', factor: 1.1 });
  expect(check({}, killed(9_000, 900))).toMatchObject({
    status: 'met',
    reading: { basis: { kind: 'harder', ratePerSecond: 9_000, keys: 1_000 } },
  });
  expect(check({}, killed(9_000, 1_100))).toMatchObject({ status: 'unmeasured', lack: { kind: 'kills' } });
  expect(check({}, killed(4_000, 900))).toMatchObject({ status: 'unmeasured', lack: { kind: 'kills' } });
  expect(check({}, killed(5_000, null))).toMatchObject({ lack: { kind: 'never-recovered' } });
  expect(check({ keys: 2_000 }, killed(5_000, 900))).toMatchObject({
    status: 'unmeasured',
    lack: { kind: 'keys', measured: 1_000 },
  });
  expect(check({ keys: 2_000 }, killed(5_000, 900, 50_000))).toMatchObject({
    status: 'met',
    reading: { basis: { kind: 'harder', keys: 50_000 } },
  });
  expect(check({ keys: 2_000 }, killed(5_000, 1_100, 50_000))).toMatchObject({
    status: 'unmeasured',
    lack: { kind: 'keys', measured: 50_000 },
  });
});

test('a latency with more keys than asked is met as harder, or not known', () => {
  const run = cell('event', [latencyRun(5_000, { p99Ms: 90, keys: 50_000 })]);
  expect(asked({ keys: 2_000 }, run)).toMatchObject({
    kind: 'recommended',
    choice: { checks: [{ reading: { basis: { kind: 'harder', keys: 50_000 } } }, { status: 'met' }] },
  });
  const stricter = asked({ keys: 2_000, latencyLimits: [{ percentile: 99, limitMs: 80 }] }, run);
  expect(stricter.rejected[0]?.checks[1]).toMatchObject({ lack: { kind: 'keys', measured: 50_000 } });
});

test('a percentile that no run has enough samples for is not measured', () => {
  const run = latencyRun(5_000, { p50Ms: 1 });
  const figures = run.figures && { ...run.figures, latency: { ...run.figures.latency, p999: null } };
  const advice = asked(
    { latencyLimits: [{ percentile: 99.9, limitMs: 100 }] },
    cell('event', [{ ...run, figures }]),
  );
  expect(advice.rejected[0]?.checks[1]).toMatchObject({ status: 'unmeasured', lack: { kind: 'figure' } });
});

test('what breaks first is the tightest limit, at the lowest rate known to miss one', () => {
  const higher = measured('event', [150], [50], { rate: 20_000 });
  const advice = asked(
    { latencyLimits: ([50, 99] as const).map((percentile) => ({ percentile, limitMs: 100 })) },
    FAST,
    higher,
    cell('event', [search(30_000)]),
  );
  expect(advice).toMatchObject({
    choice: {
      weakness: {
        requirement: { kind: 'latency', percentile: 99 },
        headroom: 0.76,
        breaks: { ratePerSecond: 20_000, requirement: { percentile: 99 }, from: 'run' },
      },
    },
  });
  const searched = asked({}, FAST, cell('event', [search(30_000)]));
  expect(searched).toMatchObject({
    choice: {
      weakness: { breaks: { ratePerSecond: 30_000, requirement: { kind: 'rate' }, from: 'search' } },
    },
  });
});
