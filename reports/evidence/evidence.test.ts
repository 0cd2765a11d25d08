import { expect, test } from 'vitest';
import {
  cell,
  drainRun,
  failed,
  latencyRun,
  recoveryRun,
  refused,
  sustainRun,
  syntheticDistribution,
  syntheticResult,
  wrong,
} from '../claims/testing/index.ts';
import type { Cell, LatencyRun, SustainRun } from '../model/index.ts';
import type { Configuration } from './configuration.ts';
import { evidenceOf } from './evidence.ts';

const evidence = (...files: readonly (readonly Cell[])[]) =>
  evidenceOf(files.map((cells, i) => ({ file: `${i}.json`, result: syntheticResult(cells) })));

function only(cells: readonly Cell[]): Configuration {
  const { configurations } = evidence(cells);
  expect(configurations).toHaveLength(1);
  return configurations[0] as Configuration;
}

const runsWithP99 = (...p99s: readonly number[]) =>
  p99s.map((p99Ms) => latencyRun(5_000, { p50Ms: 1, p99Ms, cpuSecondsPerMillion: p99Ms / 2 }));

test('latencies are milliseconds, medians over runs with the range that covers them', () => {
  const { latencies } = only([cell('event', runsWithP99(30, 10, 20))]);
  expect(latencies).toEqual([
    {
      ratePerSecond: 5_000,
      minMs: { median: 1, low: 1, high: 1, count: 3 },
      p50Ms: { median: 1, low: 1, high: 1, count: 3 },
      p99Ms: { median: 20, low: 10, high: 30, count: 3 },
      p999Ms: { median: 20, low: 10, high: 30, count: 3 },
      cpuSecondsPerMillion: { median: 10, low: 5, high: 15, count: 3 },
      neverSteady: false,
      from: 'run',
      files: ['0.json'],
    },
  ]);
});

test('runs of one configuration are put together wherever they are from, each point with its files', () => {
  const { configurations } = evidence(
    [cell('event', runsWithP99(10))],
    [cell('event', [...runsWithP99(30), drainRun(90_000)])],
  );
  expect(configurations).toHaveLength(1);
  expect(configurations[0]?.files).toEqual(['0.json', '1.json']);
  expect(configurations[0]?.latencies[0]?.p99Ms).toEqual({ median: 20, low: 10, high: 30, count: 2 });
  expect(configurations[0]?.latencies[0]?.files).toEqual(['0.json', '1.json']);
  expect(configurations[0]?.drains[0]?.files).toEqual(['1.json']);
});

test('refused, wrong and ended runs are counted and carry no figures', () => {
  const [run] = runsWithP99(10) as [LatencyRun];
  const runs = [refused(run), wrong(run), failed(run), wrong(drainRun(1)), refused(sustainRun(9))];
  const { latencies, drains, searches, recoveries, peakRssMb, runs: counted } = only([cell('event', runs)]);
  expect({ latencies, drains, searches, recoveries, peakRssMb }).toEqual({
    latencies: [],
    drains: [],
    searches: [],
    recoveries: [],
    peakRssMb: null,
  });
  expect(counted).toEqual({ passed: 0, wrong: 2, refused: 3 });
});

test('another log is another configuration, and so are another setting, profile and guarantee; a longer log is not', () => {
  const run = (keys: number) => latencyRun(5_000, { p50Ms: 1, keys });
  const longer = run(1_000);
  const { configurations } = evidence([
    cell('event', [run(1_000), run(50_000)]),
    cell('event', [
      {
        ...longer,
        log: { ...longer.log, specification: { ...longer.log.specification, events: 7, seed: 9 } },
      },
    ]),
    cell('event', [run(1_000)], { settings: { bufferTimeoutMs: 0 } }),
    cell('event', [run(1_000)], { profile: 'tuned-latency' }),
    cell('event', [run(1_000)], { guarantee: 'exactly-once' }),
  ]);
  expect(configurations.map(({ keys, runs }) => [keys, runs.passed])).toEqual([
    [1_000, 2],
    [50_000, 1],
    [1_000, 1],
    [1_000, 1],
    [1_000, 1],
  ]);
  expect(new Set(configurations.map(({ id }) => id)).size).toBe(5);
});

test('rates are points of one configuration, in their order, and no variables of it', () => {
  const { variables, name, latencies } = only(
    [10_000, 1_000].map((rate) =>
      cell('event', [latencyRun(rate, { p50Ms: 1 })], { variables: { rate: String(rate) } }),
    ),
  );
  expect([variables, name]).toEqual([{}, 'event-driven']);
  expect(latencies.map(({ ratePerSecond }) => ratePerSecond)).toEqual([1_000, 10_000]);
});

test('configurations that would be called the same say in which settings they differ', () => {
  const custom = (settings: Readonly<Record<string, number>>) =>
    cell('micro-batch', [latencyRun(5_000, { p50Ms: 1 })], { profile: 'custom', settings });
  const { configurations } = evidence([
    custom({ triggerIntervalMs: 200, statePartitions: 2 }),
    custom({ triggerIntervalMs: 500, statePartitions: 2 }),
    cell('event', [latencyRun(5_000, { p50Ms: 1 })], { settings: { parallelism: 2 } }),
  ]);
  expect(configurations.map(({ name }) => name)).toEqual([
    'micro-batch (custom), triggerIntervalMs=200',
    'micro-batch (custom), triggerIntervalMs=500',
    'event-driven',
  ]);
});

test('a run by another schedule than a constant rate is no point of a rate', () => {
  const run = latencyRun(5_000, { p50Ms: 1 });
  const bursts: LatencyRun = {
    ...run,
    figures: run.figures && { ...run.figures, schedule: { kind: 'burst', lowPerSecond: 1_000 } },
  };
  expect(only([cell('event', [bursts])]).latencies).toEqual([]);
});

test('a run too short for a percentile, or without its costs, takes them from no other', () => {
  const [long, short] = runsWithP99(20, 40) as [LatencyRun, LatencyRun];
  const cut: LatencyRun = {
    ...short,
    cost: null,
    figures: short.figures && { ...short.figures, latency: { ...short.figures.latency, p999: null } },
  };
  const [point] = only([cell('event', [long, cut])]).latencies;
  expect(point?.p99Ms?.count).toBe(2);
  expect(point?.p999Ms).toEqual({ median: 20, low: 20, high: 20, count: 1 });
  expect(point?.cpuSecondsPerMillion?.count).toBe(1);
  expect(only([cell('event', [cut])]).latencies[0]?.p999Ms).toBeNull();
});

test('a latency that never became steady says so', () => {
  const runs = [...runsWithP99(10), latencyRun(5_000, { p50Ms: 1, neverSteady: true })];
  expect(only([cell('event', runs)]).latencies[0]?.neverSteady).toBe(true);
});

test('the curve below a sustainable rate gives points where no run was made', () => {
  const search = sustainRun(10_000, { curve: { '0.5': { p99Ms: 7 }, '0.8': { p99Ms: 9 } } });
  const twice = [search, search, latencyRun(8_000, { p50Ms: 1, p99Ms: 100 })];
  const { latencies } = only([cell('event', twice)]);
  expect(latencies.map(({ ratePerSecond, from, p99Ms }) => [ratePerSecond, from, p99Ms])).toEqual([
    [5_000, 'curve', { median: 7, low: 7, high: 7, count: 2 }],
    [8_000, 'run', { median: 100, low: 100, high: 100, count: 1 }],
  ]);
});

test('an invalid point of a curve is none', () => {
  const search = sustainRun(10_000, { curve: { '0.5': { p99Ms: 7 } } });
  const remark = { code: 'RUN_GENERATOR_LAG', message: 'late', level: 'invalid' } as const;
  const invalid: SustainRun = {
    ...search,
    figures: search.figures && {
      ...search.figures,
      curve: search.figures.curve.map((point) => ({ ...point, remarks: [remark] })),
    },
  };
  expect(only([cell('event', [invalid])]).latencies).toEqual([]);
});

const search = (
  sustainable: number | null,
  fails: number | null,
  limitedBy: 'engine' | 'driver' = 'engine',
): SustainRun => {
  const run = sustainRun(sustainable, { limitedBy });
  return { ...run, figures: run.figures && { ...run.figures, bracket: { holds: sustainable, fails } } };
};

test('searches under one objective are one point with its bracket', () => {
  expect(only([cell('event', [search(10_000, 10_400), search(12_000, 12_500)])]).searches).toEqual([
    {
      slo: { percentile: 99, limitMs: 2_000 },
      ratePerSecond: { median: 11_000, low: 10_000, high: 12_000, count: 2 },
      failsPerSecond: { lowest: 10_400, highest: 12_500 },
      isLowerBound: false,
      searches: 2,
      files: ['0.json'],
    },
  ]);
  expect(only([cell('event', [search(12_000, null, 'driver')])]).searches[0]).toMatchObject({
    failsPerSecond: null,
    isLowerBound: true,
  });
  expect(only([cell('event', [search(12_000, 12_500), search(null, 1_000)])]).searches[0]).toMatchObject({
    ratePerSecond: null,
    failsPerSecond: { lowest: 1_000, highest: 12_500 },
  });
});

test('kills of all runs are one estimate; one that never came back leaves none', () => {
  const kills = recoveryRun([{ caughtUpMs: 4_000 }, { caughtUpMs: 2_000 }], {
    duplicates: 3,
    bytesPerSecond: 9,
  });
  const { recoveries } = only([cell('event', [kills, kills])]);
  expect(recoveries).toEqual([
    {
      ratePerSecond: 5_000,
      target: 'process',
      stateKeys: 1_000,
      kills: 4,
      firstOutputMs: { median: 1_500, low: 1_000, high: 2_000, count: 4 },
      caughtUpMs: { median: 3_000, low: 2_000, high: 4_000, count: 4 },
      replayedRecords: { median: 1_000, low: 1_000, high: 1_000, count: 4 },
      bytesPerSecond: { median: 9, low: 9, high: 9, count: 2 },
      duplicates: 6,
      lost: 0,
      files: ['0.json'],
    },
  ]);
  const stuck = recoveryRun([{ caughtUpMs: 4_000 }, { caughtUpMs: null, firstOutputMs: 800 }]);
  expect(only([cell('event', [stuck])]).recoveries[0]).toMatchObject({
    kills: 2,
    caughtUpMs: null,
    firstOutputMs: { low: 800, high: 2_000 },
  });
});

test('a kill without any output leaves no estimate of the first one', () => {
  const silent = recoveryRun([{ caughtUpMs: 4_000 }, { caughtUpMs: null }]);
  expect(only([cell('event', [silent])]).recoveries[0]).toMatchObject({ kills: 2, firstOutputMs: null });
});

test('kills of a slot, at another rate or with other keys are other points', () => {
  const { configurations } = evidence([
    cell('event', [
      recoveryRun([{ caughtUpMs: 1_000 }]),
      recoveryRun([{ caughtUpMs: 1_000, target: 'slot' }]),
      recoveryRun([{ caughtUpMs: 1_000 }], { ratePerSecond: 9_000 }),
      recoveryRun([{ caughtUpMs: 1_000 }], { keys: 1_000_000 }),
      recoveryRun([]),
    ]),
  ]);
  expect(configurations.map(({ recoveries }) => recoveries.map((point) => point.target))).toEqual([
    ['process', 'slot', 'process'],
    ['process'],
  ]);
});

test('the memory of a configuration is the most that its processes took together', () => {
  const [run] = runsWithP99(10) as [LatencyRun];
  const process = (peakRssMb: number) => ({
    ...{ name: 'engine', cpuSeconds: 1, peakRssMb, peakThreads: null, voluntarySwitches: null },
    ...{ involuntarySwitches: null, bytesWritten: null, gc: null, timeline: null },
  });
  const cost = (...megabytes: number[]) => ({
    processes: megabytes.map(process),
    cpuSecondsPerMillionEvents: 1,
  });
  const runs = [
    { ...run, cost: cost(100, 20) },
    { ...run, cost: cost(110) },
    { ...refused(run), cost: cost(900) },
  ];
  expect(only([cell('event', runs)]).peakRssMb).toBe(120);
});

test('a distribution without any percentile is a point that knows its rate alone', () => {
  const run = latencyRun(5_000, { p50Ms: 1 });
  const empty = { ...syntheticDistribution({ p50Ms: 1 }), min: null, p50: null, p99: null, p999: null };
  const [point] = only([
    cell('event', [{ ...run, figures: run.figures && { ...run.figures, latency: empty } }]),
  ]).latencies;
  expect(point).toMatchObject({ ratePerSecond: 5_000, minMs: null, p50Ms: null, p99Ms: null, p999Ms: null });
});
