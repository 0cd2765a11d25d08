import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { median } from './median.ts';

interface RatioOptions {
  readonly resamples: number;
  readonly seed: number;
}

/** A ratio of medians with its 95 % interval. */
export interface Ratio {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Median of head over median of base with the percentile bootstrap's 95 % interval (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 13.3): both sides are drawn again with replacement. The same values and seed give the same interval. Null where a side is
 * empty or the median of base, or of a resample of it, is zero.
 */
export function ratioInterval(
  base: readonly number[],
  head: readonly number[],
  { resamples, seed }: RatioOptions,
): Ratio | null {
  const [below, above] = [median(base), median(head)];
  if (below === null || above === null || below === 0) return null;
  const ratios = resampledMedians(head, resamples, ~seed);
  const denominators = resampledMedians(base, resamples, seed);
  for (let i = 0; i < resamples; i++) {
    const ratio = (ratios[i] as number) / (denominators[i] as number);
    if (!Number.isFinite(ratio)) return null;
    ratios[i] = ratio;
  }
  ratios.sort();
  const beyond = Math.floor(resamples * 0.025);
  return {
    value: above / below,
    low: ratios[beyond] ?? Number.NaN,
    high: ratios[resamples - 1 - beyond] ?? Number.NaN,
  };
}

function resampledMedians(values: readonly number[], resamples: number, seed: number): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const middles = middlesOf(sorted.length, resamples, seed);
  const medians = new Float64Array(resamples);
  // A loop and no callback: every row of a comparison takes thousands.
  for (let i = 0; i < resamples; i++) {
    const [lower, upper] = [middles[2 * i] as number, middles[2 * i + 1] as number];
    medians[i] = ((sorted[lower] as number) + (sorted[upper] as number)) / 2;
  }
  return medians;
}

const REMEMBERED = 64;
// Which values are in the middle of a resample depends on how many there are, not on what they are: drawn once for all rows.
const known = new Map<string, Uint32Array>();

function middlesOf(count: number, resamples: number, seed: number): Uint32Array {
  const key = [count, resamples, seed].join();
  const found = known.get(key) ?? drawMiddles(count, resamples, seed);
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, found);
  return found;
}

/** The two middle values of each resample, as places in the sorted values. */
function drawMiddles(count: number, resamples: number, seed: number): Uint32Array {
  const generator = xoroshiro128plus(seed);
  const drawn = new Uint32Array(count);
  const middles = new Uint32Array(2 * resamples);
  for (let i = 0; i < resamples; i++) {
    for (let j = 0; j < count; j++) drawn[j] = Math.floor(((generator.next() >>> 0) / 2 ** 32) * count);
    drawn.sort();
    middles[2 * i] = drawn[(count - 1) >> 1] ?? 0;
    middles[2 * i + 1] = drawn[count >> 1] ?? 0;
  }
  return middles;
}
