import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { MetricId } from '../model/index.ts';
import { winsNeeded, winsOf } from '../statistics/index.ts';
import { alarmsOf } from './alarms.ts';
import type { CompareOptions } from './compare-sides.ts';
import { type MetricRule, ruleOf } from './config/index.ts';
import { cellValues, mergedCells } from './merged-cell.ts';
import type { RegressionRow } from './regression-report.ts';
import type { NamedResults } from './side.ts';
import { fewestRuns } from './verdict.ts';

/** What one metric of one cell shows when a side is compared with itself. */
interface SelfRow
  extends Pick<RegressionRow, 'workload' | 'guarantee' | 'cell' | 'metric' | 'level' | 'minimumEffect'> {
  readonly runs: number;
  /** Share of the splits in which the test alone, before Holm and the minimum effect, calls the halves different: about alpha at most. */
  readonly belowAlpha: number;
  /** Share of the splits in which the halves would be called regressed or improved. */
  readonly changed: number;
  /**
   * The smallest slowdown, as a share, that the test shows in 80 % of comparisons of as many runs a side as there are now, whatever the
   * minimum effect; null: none up to 100 %.
   */
  readonly detectable: number | null;
  /** `too small`: changes of the minimum effect would mostly pass for noise, so the gate does not keep it. */
  readonly limit: 'shown' | 'too small';
  /** About how many runs a side would show the minimum effect; null where the runs that there are do, and where that cannot be told. */
  readonly runsNeeded: number | null;
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
const DRAWS = 200;
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
 * smallest detectable effect is of sides with as many runs as there are, drawn again with replacement, one of them times the effect, at
 * the level that Holm gives the first of the family. Drawing makes ties that runs do not have: they count as half a win each in the test
 * for sets without ties, whose bound is taken once, in place of a distribution for each draw. Runs needed follow from the spread of a
 * median, which shrinks with the root of their number. Metrics with fewer than four runs are left out.
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
    const alarms = alarmsOf(pairs, config, seed);
    for (const [i, { p, change }] of alarms.entries()) {
      if (p < config.alpha) belowAlpha[i] = (belowAlpha[i] ?? 0) + 1;
      if (change !== null) changed[i] = (changed[i] ?? 0) + 1;
    }
    if (alarms.some(({ change }) => change !== null)) falseAlarms++;
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
      ...reachOf(values, rule, { ...config, tests: rows.length }, uniform),
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

interface Family {
  readonly alpha: number;
  readonly minimumRuns: number;
  readonly tests: number;
}

/** How small a change these runs show, beside the one that they are to show. */
function reachOf(
  values: readonly number[],
  rule: MetricRule,
  { alpha, minimumRuns, tests }: Family,
  uniform: () => number,
): Pick<SelfRow, 'detectable' | 'limit' | 'runsNeeded'> {
  const level = alpha / tests;
  const fewest = fewestRuns(tests, alpha, minimumRuns);
  if (values.length < fewest) return { detectable: null, limit: 'too small', runsNeeded: fewest };
  const detectable = detectableEffect(values, rule, level, uniform);
  if (detectable === null) return { detectable, limit: 'too small', runsNeeded: null };
  if (detectable <= rule.minimumEffect) return { detectable, limit: 'shown', runsNeeded: null };
  const runsNeeded =
    rule.minimumEffect === 0 ? null : Math.ceil(values.length * (detectable / rule.minimumEffect) ** 2);
  return { detectable, limit: 'too small', runsNeeded };
}

/** Each draw is shown from some effect on: the answer is the effect from which 80 % of the draws are. */
function detectableEffect(
  values: readonly number[],
  { direction }: MetricRule,
  level: number,
  uniform: () => number,
): number | null {
  const needed = winsNeeded(values.length, level);
  if (needed === null) return null;
  const drawn = () =>
    values.map(() => values[Math.floor(uniform() * values.length)] ?? 0).sort((a, b) => a - b);
  const thresholds = Array.from({ length: DRAWS }, () => {
    const [base, head] = [drawn(), drawn()];
    return smallestShown((effect) => {
      if (direction === 'lower is better') return winsOf(times(head, 1 + effect), base) >= needed;
      return winsOf(base, times(head, 1 - effect)) >= needed;
    });
  }).sort((a, b) => a - b);
  const found = thresholds[Math.ceil(DRAWS * POWER) - 1] ?? Number.POSITIVE_INFINITY;
  return Number.isFinite(found) ? found : null;
}

const times = (values: readonly number[], factor: number) => values.map((value) => value * factor);

// Half a per cent is less than any minimum effect needs.
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
