import { expect, test } from 'vitest';
import type { MetricId } from '../model/index.ts';
import { SeededLatency } from '../testing/index.ts';
import { alarmsOf, type Pair } from './alarms.ts';
import { DEFAULT_CONFIG, ruleOf } from './config/index.ts';

/**
 * What is simulated: runs are independent log-normal draws, ten a side, in the family of `make bench` (eight cells), with the spread
 * between runs given here. Verdicts are those of `compareSides` under the default configuration. What is not: drift, runs that depend on
 * each other, metrics of one run that depend on each other.
 */
const SPREADS: readonly (readonly [MetricId, number])[] = [
  ['latency-p50', 0.03],
  ['latency-p99', 0.05],
  ['latency-p999', 0.1],
  ['drain-rate', 0.03],
  ['recovery-caught-up', 0.1],
  ['cpu-per-million', 0.05],
];
const CELLS = 8;
const RUNS = 10;

const random = new SeededLatency(11);
const runs = (median: number, spread: number) =>
  Array.from({ length: RUNS }, () => random.latencyUs(median * 1e9, spread));

/** A family in which nothing changed, but for the first cell's metric where a factor is planted. */
function family(
  spreadOf: (spread: number) => number,
  planted?: { id: MetricId; factor: number },
): readonly Pair[] {
  return Array.from({ length: CELLS }, (_, cell) =>
    SPREADS.flatMap(([id, usual]) => {
      const rule = ruleOf(DEFAULT_CONFIG, id);
      const factor = cell === 0 && planted?.id === id ? planted.factor : 1;
      const spread = spreadOf(usual);
      return rule === null ? [] : [{ base: runs(1, spread), head: runs(factor, spread), rule }];
    }),
  ).flat();
}

const isAlarm = (pairs: readonly Pair[]) => {
  const alarms = alarmsOf(pairs, DEFAULT_CONFIG, 1);
  return pairs.some(({ rule }, i) => rule.level === 'error' && alarms[i]?.change === 'regressed');
};

const share = (count: number, happens: () => boolean) =>
  Array.from({ length: count }, happens).filter((happened) => happened).length / count;

test('1,000 comparisons of a side with itself give a false alarm in at most 1 %', () => {
  const usual = share(1_000, () => isAlarm(family((spread) => spread)));
  // Where noise dwarfs every minimum effect, Holm alone is left: at most alpha, half of it in the worse direction.
  const loud = share(200, () => isAlarm(family(() => 0.4)));
  process.stdout.write(
    `A/A, n = ${RUNS}, ${CELLS * SPREADS.length} tests: false alarms in ${(usual * 100).toFixed(1)} % of 1,000 comparisons; at 40 % noise in ${(loud * 100).toFixed(1)} % of 200.\n`,
  );
  expect(usual).toBeLessThanOrEqual(0.01);
  expect(loud).toBeLessThanOrEqual(DEFAULT_CONFIG.alpha);
});

test.each<[MetricId, number]>([
  ['latency-p50', 1.1],
  ['drain-rate', 1 / 1.1],
])('%s: a planted slowdown by a tenth, three hundredths of noise, is caught nearly always', (id, factor) => {
  const caught = share(300, () => {
    const pairs = family((spread) => spread, { id, factor });
    const at = SPREADS.findIndex(([metric]) => metric === id);
    return alarmsOf(pairs, DEFAULT_CONFIG, 1)[at]?.change === 'regressed';
  });
  process.stdout.write(
    `10 % slowdown of ${id}, 3 % noise, minimum effect 5 %, n = ${RUNS}: caught in ${(caught * 100).toFixed(1)} % of 300.\n`,
  );
  expect(caught).toBeGreaterThanOrEqual(0.95);
});
