import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { MetricId } from '../model/index.ts';
import { mannWhitney, median, smallestP } from '../statistics/index.ts';
import { changesOf } from './alarms.ts';
import type { CompareOptions } from './compare-sides.ts';
import { type MetricRule, ruleOf } from './config/index.ts';
import { cellValues, mergedCells } from './merged-cell.ts';
import type { RegressionRow } from './regression-report.ts';
import type { NamedResults } from './side.ts';

/** What one metric of one cell shows when a side is compared with itself. */
interface SelfRow
  extends Pick<RegressionRow, 'workload' | 'guarantee' | 'cell' | 'metric' | 'level' | 'minimumEffect'> {
  readonly runs: number;
  /** Share of the splits in which the test alone, before Holm and the minimum effect, calls the halves different: about alpha at most. */
  readonly belowAlpha: number;
  /** Share of the splits in which the halves would be called regressed or improved. */
  readonly changed: number;
  /** The smallest slowdown, as a share, that as many runs a side as there are now show in 80 % of cases; null: none up to 100 %. */
  readonly detectable: number | null;
}

/** A side compared with itself (A/A). */
export interface SelfComparison {
  readonly name: string;
  readonly alpha: number;
  readonly tests: number;
  readonly splits: number;
  /** Share of the splits in which any row would be called regressed or improved. */
  readonly falseAlarms: number;
  readonly rows: readonly SelfRow[];
}

const SPLITS = 200;
const DRAWS = 60;
const POWER = 0.8;
const FEWEST_RUNS = 4;

interface Row {
  readonly place: Pick<SelfRow, 'workload' | 'guarantee' | 'cell' | 'metric'>;
  readonly rule: MetricRule;
  readonly values: readonly number[];
}

/**
 * Splits the runs of a side into halves, at random and again and again, and compares the halves: every difference found is a false one.
 * Halves have half the runs of a real comparison, so this tells how noisy the runs are, not how a whole comparison would do. The
 * smallest detectable effect is of sides with as many runs as there are, drawn again with replacement, one of them times the effect.
 * Metrics with fewer than four runs are left out.
 */
export function selfComparison(side: NamedResults, { config, seed }: CompareOptions): SelfComparison {
  const generator = xoroshiro128plus(seed);
  const uniform = () => (generator.next() >>> 0) / 2 ** 32;
  const rows = [...mergedCells(side.results).values()].flatMap(({ cell, name }): readonly Row[] =>
    [...cellValues(cell)].flatMap(([metric, values]) => {
      const rule = ruleOf(config, metric as MetricId);
      const place = { workload: cell.workload, guarantee: cell.guarantee, cell: name, metric };
      return rule === null || values.length < FEWEST_RUNS ? [] : [{ place, rule, values }];
    }),
  );
  const belowAlpha = rows.map(() => 0);
  const changed = rows.map(() => 0);
  let falseAlarms = 0;
  for (let split = 0; split < SPLITS; split++) {
    const pairs = rows.map(({ values, rule }) => ({ ...halves(values, uniform), rule }));
    const changes = changesOf(pairs, config, seed);
    for (const [i, { base, head }] of pairs.entries()) {
      if (mannWhitney(base, head) < config.alpha) belowAlpha[i] = (belowAlpha[i] ?? 0) + 1;
      if ((changes[i] ?? null) !== null) changed[i] = (changed[i] ?? 0) + 1;
    }
    if (changes.some((change) => change !== null)) falseAlarms++;
  }
  return {
    name: side.name,
    alpha: config.alpha,
    tests: rows.length,
    splits: SPLITS,
    falseAlarms: falseAlarms / SPLITS,
    rows: rows.map(({ place, rule, values }, i) => ({
      ...place,
      level: rule.level,
      minimumEffect: rule.minimumEffect,
      runs: values.length,
      belowAlpha: (belowAlpha[i] ?? 0) / SPLITS,
      changed: (changed[i] ?? 0) / SPLITS,
      detectable:
        values.length < config.minimumRuns
          ? null
          : detectableEffect(values, rule, config.alpha / rows.length, uniform),
    })),
  };
}

function halves(values: readonly number[], uniform: () => number) {
  const shuffled = values
    .map((value) => ({ value, at: uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
  const half = values.length >> 1;
  return { base: shuffled.slice(0, half), head: shuffled.slice(half, 2 * half) };
}

/** Each draw is shown from some effect on: the answer is the effect from which 80 % of the draws are. */
function detectableEffect(
  values: readonly number[],
  { direction, minimumEffect }: MetricRule,
  level: number,
  uniform: () => number,
): number | null {
  if (smallestP(values.length, values.length) >= level) return null;
  const drawn = () => values.map(() => values[Math.floor(uniform() * values.length)] ?? 0);
  const thresholds = Array.from({ length: DRAWS }, () => {
    const [base, head] = [drawn(), drawn()];
    const isShown = (effect: number) => {
      const factor = direction === 'lower is better' ? 1 + effect : 1 - effect;
      const slowed = head.map((value) => value * factor);
      const change = Math.abs((median(slowed) ?? 0) / (median(base) ?? 0) - 1);
      return change >= minimumEffect && mannWhitney(base, slowed) < level;
    };
    return smallestShown(isShown);
  }).sort((a, b) => a - b);
  const found = thresholds[Math.ceil(DRAWS * POWER) - 1] ?? Number.POSITIVE_INFINITY;
  return Number.isFinite(found) ? found : null;
}

const STEPS = 8;

function smallestShown(isShown: (effect: number) => boolean): number {
  let [low, high] = [0, 1];
  if (!isShown(high)) return Number.POSITIVE_INFINITY;
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (isShown(middle)) high = middle;
    else low = middle;
  }
  return high;
}
