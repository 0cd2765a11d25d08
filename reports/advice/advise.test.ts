import { expect, test } from 'vitest';
import { cell, latencyRun, recoveryRun, sustainRun, wrong } from '../claims/testing/index.ts';
import type { Cell, SustainRun } from '../model/index.ts';
import { advise } from './advise.ts';
import type { Objective } from './objective.ts';
import { EVERY_CAPABILITY, evidenceFrom, objective } from './testing/index.ts';

const asked = (given: Partial<Objective>, ...cells: readonly Cell[]) =>
  advise(objective(given), evidenceFrom(cells), EVERY_CAPABILITY);

type Given = NonNullable<Parameters<typeof cell>[2]>;

/** A cell with one run a p99, at a cost. */
const measured = (
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

const nameOf = (judged: { configuration: { name: string } } | null | undefined) =>
  judged?.configuration.name ?? null;

const FAST = measured('event', [20, 22, 24], [50, 51, 52]);
const CHEAP = measured('micro-batch', [520, 530, 540], [10, 11, 12]);

test('what alone meets the limit is recommended, with the figure, its range, its file and what is left', () => {
  const advice = asked({}, FAST, CHEAP);
  if (advice.kind !== 'recommended') throw new Error(advice.kind);
  expect(nameOf(advice.choice)).toBe('event-driven');
  expect(advice.decidedBy).toEqual([{ kind: 'only-one' }]);
  expect(advice.runnerUp).toBeNull();
  expect(advice.confidence).toBe('few-runs');
  expect(advice.choice.checks[1]).toEqual({
    status: 'met',
    requirement: { kind: 'latency', percentile: 99, limit: 100, unit: 'ms' },
    reading: {
      estimate: { median: 22, low: 20, high: 24, count: 3 },
      basis: { kind: 'measured', ratePerSecond: 5_000 },
      neverSteady: false,
      files: ['result-0.json'],
    },
    headroom: 0.76,
  });
  expect(advice.rejected.map((one) => [nameOf(one), one.checks[1]])).toEqual([
    ['micro-batch', expect.objectContaining({ status: 'missed', factor: 5.4, surely: true })],
  ]);
  expect(advice.neverMeasured).toEqual(['flink', 'spark']);
});

test('of two that meet everything the cheaper one is recommended, and the other one has its price', () => {
  const advice = asked({ latencyLimits: [{ percentile: 99, limitMs: 1_000 }] }, FAST, CHEAP);
  if (advice.kind !== 'recommended') throw new Error(advice.kind);
  expect(nameOf(advice.choice)).toBe('micro-batch');
  expect(advice.decidedBy).toEqual([{ kind: 'cost' }]);
  expect(nameOf(advice.runnerUp?.candidate)).toBe('event-driven');
  expect(advice.runnerUp?.price).toContainEqual({ metric: 'cost', ratio: 51 / 11, apart: true });
  expect(advice.runnerUp?.price).toContainEqual({ metric: 'p99', ratio: 22 / 530, apart: true });
});

test('where the costs overlap, what leaves more of the limits is recommended', () => {
  const advice = asked(
    { latencyLimits: [{ percentile: 99, limitMs: 1_000 }] },
    measured('event', [20, 22, 24], [9, 11, 13]),
    CHEAP,
  );
  expect(advice).toMatchObject({
    kind: 'recommended',
    choice: { configuration: { engine: 'event' } },
    decidedBy: [{ kind: 'headroom' }],
  });
});

test('where nothing tells two apart, either will do', () => {
  const advice = asked({}, measured('event', [20, 30], [9, 11]), measured('micro-batch', [25, 35], [10, 12]));
  expect(advice).toMatchObject({
    kind: 'either',
    choices: [{ configuration: { engine: 'event' } }, { configuration: { engine: 'micro-batch' } }],
    because: ['cost-overlaps', 'headroom-overlaps'],
  });
  const unlimited = asked(
    { latencyLimits: [] },
    measured('event', [20, 30], [9, 11]),
    measured('micro-batch', [25, 35], [8, 12]),
  );
  expect(unlimited).toMatchObject({ kind: 'either', because: ['cost-overlaps', 'no-limit'] });
});

test('the worse end of the range must meet the limit', () => {
  const advice = asked({}, measured('event', [60, 70, 110], [10]), CHEAP);
  if (advice.kind !== 'none-meets') throw new Error(advice.kind);
  expect(nameOf(advice.nearest)).toBe('event-driven');
  expect(advice.nearest?.checks[1]).toMatchObject({ status: 'missed', factor: 1.1, surely: false });
  expect(advice.missedByAll).toEqual([{ kind: 'latency', percentile: 99, limit: 100, unit: 'ms' }]);
  expect(advice.measure).toBeNull();
});

test('where each configuration misses something else, no limit is missed by all', () => {
  const advice = asked({ cpuSecondsPerMillion: 20 }, FAST, CHEAP);
  expect(advice).toMatchObject({ kind: 'none-meets', missedByAll: [] });
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

test('without the other model it is a recommendation of the one that was measured, and without an answer none of none', () => {
  expect(asked({}, FAST)).toMatchObject({ kind: 'recommended', confidence: 'one-model' });
  expect(asked({}, CHEAP)).toMatchObject({ kind: 'no-evidence', confidence: 'one-model' });
});

test('what lacks the workload or the guarantee is told apart', () => {
  expect(asked({ workload: 'login-tracker' }, FAST)).toMatchObject({
    kind: 'no-evidence',
    lacking: 'workload',
  });
  expect(asked({ guarantee: 'exactly-once', recoveryMs: 900 }, FAST)).toMatchObject({
    kind: 'no-evidence',
    lacking: 'guarantee',
    measure: { guarantee: 'exactly-once', measures: ['latency', 'recovery'] },
  });
});

test('a stronger guarantee than asked will do', () => {
  const exact = measured('event', [20], [50], { guarantee: 'exactly-once' });
  expect(asked({}, exact).kind).toBe('recommended');
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

test('the runner-up is the best of the other model, where one of it meets everything', () => {
  const advice = asked(
    { latencyLimits: [{ percentile: 99, limitMs: 1_000 }] },
    FAST,
    CHEAP,
    measured('micro-batch', [400, 410], [20, 21], { profile: 'tuned-latency' }),
  );
  expect(advice).toMatchObject({
    choice: { configuration: { engine: 'micro-batch', profile: 'default' } },
    runnerUp: { candidate: { configuration: { engine: 'event' } } },
  });
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

test('a need that only one model has decides, and names what the others lack', () => {
  const advice = asked(
    { needs: ['pattern'], latencyLimits: [{ percentile: 99, limitMs: 900 }] },
    FAST,
    CHEAP,
  );
  expect(advice).toMatchObject({
    kind: 'recommended',
    choice: { configuration: { engine: 'event' } },
    confidence: 'few-runs',
    decidedBy: [{ kind: 'capability', model: 'event-driven', needs: ['pattern'] }, { kind: 'only-one' }],
    excluded: [
      { engine: 'micro-batch', lacks: ['pattern'] },
      { engine: 'flink', lacks: ['pattern'] },
      { engine: 'spark', lacks: ['pattern'] },
    ],
  });
  expect(asked({ needs: ['teleport'] }, FAST)).toMatchObject({
    kind: 'none-meets',
    nearest: null,
    confidence: 'none',
  });
});

test('the estate and batch on the same code decide between what meets everything, and override no limit', () => {
  const lenient = { latencyLimits: [{ percentile: 99, limitMs: 1_000 }] } as const;
  expect(asked({ ...lenient, estate: 'flink' }, FAST, CHEAP)).toMatchObject({
    choice: { configuration: { engine: 'event' } },
    decidedBy: [{ kind: 'wish', wishes: ['estate'] }],
    runnerUp: { candidate: { configuration: { engine: 'micro-batch' } } },
  });
  expect(asked({ estate: 'spark', batchOnSameCode: true }, FAST, CHEAP)).toMatchObject({
    choice: { configuration: { engine: 'event' } },
  });
  expect(asked({ ...lenient, estate: 'flink', batchOnSameCode: true }, FAST, CHEAP)).toMatchObject({
    choice: { configuration: { engine: 'event' } },
    decidedBy: [{ kind: 'wish', wishes: ['estate'] }],
  });
});

test('a dominated configuration gives way even where its cost alone does not tell', () => {
  const advice = asked(
    {},
    measured('event', [20, 22], [10, 12]),
    measured('event', [40, 42], [11, 13], { profile: 'tuned-throughput' }),
  );
  expect(advice).toMatchObject({
    kind: 'recommended',
    decidedBy: [{ kind: 'only-one' }],
    choice: { configuration: { profile: 'default' } },
    runnerUp: { candidate: { configuration: { profile: 'tuned-throughput' } } },
  });
});

test('of one setup on several logs one stands for all: that nearest to the keys asked', () => {
  const logs = [1_000, 50_000, 1_000_000].map((keys) =>
    cell('event', [latencyRun(5_000, { p99Ms: 20, keys })], { settings: { keys } }),
  );
  const keysOf = (keys: number | null) => {
    const advice = asked({ keys }, ...logs);
    return advice.kind === 'recommended' ? advice.choice.configuration.keys : advice.kind;
  };
  expect([null, 500, 2_000].map(keysOf)).toEqual([1_000_000, 1_000, 50_000]);
});

test('a configuration whose output was wrong is never advised', () => {
  const run = latencyRun(5_000, { p99Ms: 20 });
  const advice = asked({}, cell('event', [run, wrong(run)]));
  expect(advice.kind).toBe('no-evidence');
  expect(advice.wrong.map(({ engine }) => engine)).toEqual(['event']);
});
