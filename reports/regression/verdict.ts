import { sharePercent } from '../numbers/index.ts';
import { type Ratio, smallestP } from '../statistics/index.ts';
import type { MetricRule } from './config/index.ts';
import type { RegressionVerdict } from './regression-report.ts';

/** What a verdict on one metric of one cell rests on. */
export interface Evidence {
  /** Valid runs. */
  readonly base: number;
  readonly head: number;
  readonly ratio: Ratio | null;
  /** After Holm; null where the runs are too few to be tested. */
  readonly pHolm: number | null;
  /** Tests in the family. */
  readonly tests: number;
  readonly alpha: number;
  readonly minimumRuns: number;
  readonly rule: MetricRule;
}

/** A verdict with one sentence that says why. */
export interface Judgement {
  readonly verdict: RegressionVerdict;
  readonly sentence: string;
}

/** The verdict on a row that both sides measured, comparably. */
export function judge(evidence: Evidence): Judgement {
  const { base, head, ratio, pHolm, tests, alpha, minimumRuns } = evidence;
  const fewest = Math.min(base, head);
  if (pHolm === null) return inconclusive(`need >= ${minimumRuns} runs, have ${fewest}`);
  if (ratio === null) return inconclusive('a median of zero has no ratio');
  if (pHolm >= alpha && smallestP(base, head) * tests >= alpha) {
    return inconclusive(
      `need >= ${fewestRuns(tests, alpha, minimumRuns)} runs for ${tests} tests, have ${fewest}`,
    );
  }
  return judgeDifference(evidence, ratio, pHolm);
}

function judgeDifference({ alpha, rule }: Evidence, ratio: Ratio, pHolm: number): Judgement {
  const { minimumEffect } = rule;
  const change = changeText(ratio);
  const p = `p ${pText(pHolm)} after Holm`;
  const limit = `the limit is ${sharePercent(minimumEffect)}`;
  if (Math.abs(ratio.value - 1) < minimumEffect) {
    const reaches = Math.max(ratio.high - 1, 1 - ratio.low) >= minimumEffect;
    const doubt = reaches ? ', though the interval reaches beyond it' : '';
    return {
      verdict: 'unchanged',
      sentence: `${change}: within the limit of ${sharePercent(minimumEffect)}${doubt}.`,
    };
  }
  const isShown = pHolm < alpha && (ratio.low > 1 || ratio.high < 1);
  if (!isShown) return { verdict: 'within noise', sentence: `${change}, ${p}: not told from noise.` };
  const isWorse = ratio.value > 1 === (rule.direction === 'lower is better');
  return isWorse
    ? { verdict: 'regressed', sentence: `Worse: ${change}, ${p}; ${limit}.` }
    : { verdict: 'improved', sentence: `Better: ${change}, ${p}; ${limit}.` };
}

const inconclusive = (why: string): Judgement => ({
  verdict: 'inconclusive',
  sentence: `inconclusive (${why})`,
});

/** Runs a side from which a whole family of tests can show anything. */
export function fewestRuns(tests: number, alpha: number, minimumRuns: number): number {
  let runs = minimumRuns;
  while (smallestP(runs, runs) * tests >= alpha) runs++;
  return runs;
}

const changeText = ({ value, low, high }: Ratio) =>
  `${signed(value - 1)} [${signed(low - 1)}, ${signed(high - 1)}]`;

const signed = (share: number) => `${share < 0 ? '-' : '+'}${(Math.abs(share) * 100).toFixed(1)} %`;

const pText = (p: number) => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);
