import { expect, test } from 'vitest';
import { type Cell, type NoiseFloor, OWN_VALUE, type Result, type Run } from '../model/index.ts';
import { fixtureResult, sweptResult } from '../testing/index.ts';
import { groupsOf, seriesName } from './group.ts';
import { sweepsOf } from './sweep.ts';
import { refusedComparisons } from './symmetry.ts';
import { placedVerdicts, rankedComparisons } from './verdict.ts';

const whole = fixtureResult();
/** Merchant-spend, at-least-once: event-driven and micro-batch. */
const pair: Result = { ...whole, cells: whole.cells.slice(0, 2) };

function withCells(change: (cell: Cell, i: number) => Cell): Result {
  return { ...pair, cells: pair.cells.map(change) };
}

function withSetting(cell: Cell, name: string, value: string): Cell {
  return {
    ...cell,
    settings: cell.settings.map((setting) => (setting.name === name ? { ...setting, value } : setting)),
  };
}

function withDrainRate(run: Run, eventsPerSecond: number): Run {
  return run.kind === 'drain' && run.figures !== null
    ? { ...run, runId: `${run.runId}-${eventsPerSecond}`, figures: { ...run.figures, eventsPerSecond } }
    : run;
}

const verdictsOn = (result: Result, metric: string) =>
  groupsOf(result)
    .flatMap(placedVerdicts)
    .filter((verdict) => verdict.metric === metric);

test('two sheets that differ in a row are refused by the name of the row, and nothing is ranked', () => {
  const unequal = withCells((cell, i) => (i === 1 ? withSetting(cell, 'producer.acks', '1') : cell));
  expect(refusedComparisons(unequal)).toEqual([
    {
      code: 'COMPARE_SETTINGS_DIFFER',
      message:
        'event-driven and micro-batch are not ranked: their settings differ in producer.acks (all against 1).',
      workload: 'merchant-spend',
      guarantee: 'at-least-once',
      sides: ['event-driven', 'micro-batch'],
      rows: [{ name: 'producer.acks', values: ['all', '1'] }],
    },
  ]);
  expect(rankedComparisons(unequal)).toBe(0);
  expect(verdictsOn(unequal, 'latency-p99')[0]?.outcome).toEqual({
    kind: 'refused',
    code: 'COMPARE_SETTINGS_DIFFER',
  });
});

test('a row that both cells declare as their variable may differ, and equal sheets are ranked', () => {
  const declared = withCells((cell, i) => ({
    ...withSetting(cell, 'producer.acks', i === 1 ? '1' : 'all'),
    variables: { 'producer.acks': 'swept' },
  }));
  expect(refusedComparisons(declared)).toEqual([]);
  expect(rankedComparisons(declared)).toBe(4);
  expect(refusedComparisons(pair)).toEqual([]);
});

test("a variable with a value of each engine's own lets the row differ, and parts and names nothing", () => {
  const own = withCells((cell, i) => ({
    ...withSetting(cell, 'producer.acks', i === 1 ? '1' : 'all'),
    variables: i === 1 ? { 'producer.acks': OWN_VALUE } : {},
  }));
  expect(refusedComparisons(own)).toEqual([]);
  const [contest] = groupsOf(own)[0]?.contests ?? [];
  expect(contest?.cells.map(({ cell }) => seriesName(cell))).toEqual(['event-driven', 'micro-batch']);
});

test('a third side with other settings does not hide what the other two say', () => {
  const [event, batch] = pair.cells as [Cell, Cell];
  const odd = withSetting({ ...event, engine: 'flink' }, 'state', 'rocksdb');
  const verdict = verdictsOn({ ...pair, cells: [odd, event, batch] }, 'latency-p99')[0];
  expect(verdict?.sentence).toMatch(/^event-driven lower by a factor of/);
  expect(verdict?.figures).toMatch(/^Apache Flink [\d.]+ ms \(not ranked: settings differ\)/);
});

test('a run above 80 % of the ceiling is marked and not ranked, one at 80 % is', () => {
  const at = (ceilingShare: number) =>
    verdictsOn(
      withCells((cell, i) => ({
        ...cell,
        runs: cell.runs.map((run) =>
          i === 0 && run.driver !== null ? { ...run, driver: { ...run.driver, ceilingShare } } : run,
        ),
      })),
      'latency-p99',
    )[0];
  expect(at(0.8)?.outcome.kind).toBe('leader');
  expect(at(0.91)).toMatchObject({
    outcome: { kind: 'none' },
    sentence:
      'not ranked, driver-bound: event-driven ran at 91 % of what generator, broker and observer pass',
    figures: expect.stringMatching(/event-driven [\d.]+ ms \(driver-bound\)/),
  });
});

test('a difference below the noise floor of the metric is not called', () => {
  const rates = withCells((cell, i) => ({
    ...cell,
    runs: cell.runs.map((run) => withDrainRate(run, i === 0 ? 100_000 : 108_000)),
  }));
  const noise = (spread: number): NoiseFloor => ({
    workload: 'merchant-spend',
    engine: 'event',
    guarantee: 'at-least-once',
    profile: 'default',
    variables: {},
    metric: 'drain-rate',
    comparisons: 20,
    ratios: [],
    spread,
  });
  const sentence = (spread: number) =>
    verdictsOn({ ...rates, noiseFloors: [noise(spread)] }, 'drain-rate')[0]?.sentence;
  expect(sentence(0.07)).toBe('micro-batch higher by 8.00 %');
  expect(sentence(0.09)).toBe('within the noise floor (9 % here)');
});

test('medians whose ranges overlap show no difference', () => {
  const repeatedRates = (rates: readonly (readonly number[])[]) =>
    withCells((cell, i) => ({
      ...cell,
      runs: cell.runs
        .filter((run) => run.kind === 'drain')
        .flatMap((run) => (rates[i] ?? []).map((rate) => withDrainRate(run, rate))),
    }));
  const sentence = (result: Result) => verdictsOn(result, 'drain-rate')[0]?.sentence;
  expect(
    sentence(
      repeatedRates([
        [100, 101, 130],
        [118, 120, 122],
      ]),
    ),
  ).toBe('no difference shown: the ranges of the repetitions overlap');
  expect(
    sentence(
      repeatedRates([
        [100, 101, 102],
        [118, 120, 122],
      ]),
    ),
  ).toBe('micro-batch higher by 18.8 %');
});

test('latency runs at different offered rates are points of their own, never merged', () => {
  const [event] = pair.cells as [Cell];
  const [latency] = event.runs;
  if (latency?.kind !== 'latency' || latency.figures === null) throw new Error('the fixture has changed');
  const faster: Run = { ...latency, figures: { ...latency.figures, offeredRatePerSecond: 10_000 } };
  const [group] = groupsOf({ ...pair, cells: [{ ...event, runs: [latency, faster] }] });
  expect(group?.cells.map(({ cell }) => seriesName(cell))).toEqual([
    'event-driven, ratePerSecond=5000',
    'event-driven, ratePerSecond=10000',
  ]);
  expect(group?.cells.map((figures) => figures.latency.value?.latency.count)).toEqual([20_000, 20_000]);
  expect(group?.contests.map(({ name }) => name)).toEqual(['ratePerSecond=5000', 'ratePerSecond=10000']);
});

test('points of a sweep are no rivals, and make a sweep of each engine', () => {
  const groups = groupsOf(sweptResult());
  const swept = groups.find(({ guarantee }) => guarantee === 'exactly-once');
  expect(swept?.contests).toHaveLength(6);
  expect(swept === undefined ? [] : placedVerdicts(swept)).toEqual([]);
  expect(
    sweepsOf(swept?.cells ?? []).map(({ name, variable, points }) => [
      name,
      variable,
      points.map(({ value }) => value),
    ]),
  ).toEqual([
    ['event-driven', 'checkpointIntervalMs', [250, 1_000, 4_000]],
    ['micro-batch', 'triggerIntervalMs', [250, 1_000, 4_000]],
  ]);
});

test('where every profile has rivals of its own, tuned stands against tuned', () => {
  const tuned = pair.cells.map((cell) => ({ ...withSetting(cell, 'slots', '4'), profile: 'tuned' }));
  const both = { ...pair, cells: [...pair.cells, ...tuned] };
  const [group] = groupsOf(both);
  expect(group?.contests.map(({ name }) => name)).toEqual(['profile default', 'profile tuned']);
  expect(refusedComparisons(both)).toEqual([]);
});
