import { holm, mannWhitney, ratioInterval } from '../statistics/index.ts';
import type { ComparisonConfig, MetricRule } from './config/index.ts';
import type { RegressionVerdict } from './regression-report.ts';
import { RESAMPLES } from './resamples.ts';
import { judge } from './verdict.ts';

/** Two sets of values of one metric, with the rule it is judged by. */
export interface Pair {
  readonly base: readonly number[];
  readonly head: readonly number[];
  readonly rule: MetricRule;
}

/** What a comparison would make of one pair. */
interface Alarm {
  /** Of the test alone, before Holm. */
  readonly p: number;
  /** Null: neither. */
  readonly change: Extract<RegressionVerdict, 'regressed' | 'improved'> | null;
}

/**
 * Which rows of a family `compareSides` would call regressed or improved. The interval, the dear part, is taken only of rows that are
 * significant, as no other can be either.
 */
export function alarmsOf(pairs: readonly Pair[], config: ComparisonConfig, seed: number): readonly Alarm[] {
  const ps = pairs.map(({ base, head }) => mannWhitney(base, head));
  const adjusted = holm(ps);
  return pairs.map(({ base, head, rule }, i) => {
    const [p, pHolm] = [ps[i] ?? 1, adjusted[i] ?? 1];
    if (pHolm >= config.alpha) return { p, change: null };
    const ratio = ratioInterval(base, head, { resamples: RESAMPLES, seed });
    const counts = { base: base.length, head: head.length, tests: pairs.length };
    const { verdict } = judge({ ...config, ...counts, ratio, pHolm, rule });
    return { p, change: verdict === 'regressed' || verdict === 'improved' ? verdict : null };
  });
}
