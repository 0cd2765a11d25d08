import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';
import { type Distribution, MINIMUM_SAMPLES_BEYOND } from './distribution.ts';

/** The highest latency a histogram holds: 120 s in microseconds. What lies above is counted as out of range. */
export const HIGHEST_LATENCY_US = 120_000_000;

/**
 * An empty latency histogram: integer microseconds from 1 us to 120 s, three significant digits, fixed size.
 * Its `recordValue` throws for what the fixed size cannot hold (negative, or beyond the range): count such a sample and pass the
 * count to `distributionOf`.
 */
export function createLatencyHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_LATENCY_US,
    numberOfSignificantValueDigits: 3,
  });
}

/**
 * Summary and encoded copy of a histogram of microseconds.
 *
 * @param outOfRange samples above the histogram's range. They count as beyond every recorded value, so a percentile
 * that falls among them is null, and so is the maximum when there are any.
 */
export function distributionOf(histogram: Histogram, outOfRange = 0): Distribution {
  const recorded = histogram.totalCount;
  const at = (percentile: number) => percentileOf(histogram, percentile, outOfRange);
  return {
    unit: 'us',
    count: recorded + outOfRange,
    min: recorded === 0 ? null : histogram.getValueAtPercentile(0),
    // Not maxValue, which differs by the width of a bucket between a recorded histogram and the same one decoded.
    max: recorded === 0 || outOfRange > 0 ? null : histogram.getValueAtPercentile(100),
    mean: recorded === 0 || outOfRange > 0 ? null : histogram.mean,
    p50: at(50),
    p90: at(90),
    p99: at(99),
    p999: at(99.9),
    p9999: at(99.99),
    outOfRange,
    histogram: encodeIntoCompressedBase64(histogram),
  };
}

/** The histogram inside a distribution, decoded (HDR V2, compressed, base64); null where it was left out. */
export function histogramOf({ histogram }: Distribution): Histogram | null {
  return histogram === null ? null : decodeFromCompressedBase64(histogram, 32);
}

/**
 * The value that `percentile` percent of all samples do not exceed (nearest rank), microseconds; null where fewer than ten
 * samples lie beyond it, since such a figure is the luck of a few samples.
 */
export function percentileOf(histogram: Histogram, percentile: number, outOfRange = 0): number | null {
  const recorded = histogram.totalCount;
  const count = recorded + outOfRange;
  // The small constant undoes binary rounding: 99.9 % of 10,000 is 9,990, not 9,990.000000000002.
  const rank = Math.max(1, Math.ceil((count * percentile) / 100 - 1e-6));
  if (count - rank < MINIMUM_SAMPLES_BEYOND || rank > recorded) return null;
  return histogram.getValueAtPercentile((rank / recorded) * 100);
}

/** Share of all samples whose value is below `limitUs`, 0 to 1, to the histogram's three digits; null of none, or where the histogram was left out. */
export function shareBelow(distribution: Distribution, limitUs: number): number | null {
  const histogram = histogramOf(distribution);
  if (histogram === null || distribution.count === 0) return null;
  const recorded = histogram.totalCount;
  let [below, above] = [0, recorded + 1];
  while (above - below > 1) {
    const rank = (below + above) >> 1;
    if (histogram.getValueAtPercentile((rank / recorded) * 100) < limitUs) below = rank;
    else above = rank;
  }
  return below / distribution.count;
}

/** One distribution of all samples together. Percentiles are taken from the merged histogram, never averaged: null where one was left out, but for the extremes. */
export function mergeDistributions(distributions: readonly Distribution[]): Distribution {
  const merged = createLatencyHistogram();
  let outOfRange = 0;
  for (const distribution of distributions) {
    const histogram = histogramOf(distribution);
    if (histogram === null) return unknownDistribution(distributions);
    merged.add(histogram);
    outOfRange += distribution.outOfRange;
  }
  return distributionOf(merged, outOfRange);
}

/** What is known of distributions together when a histogram is missing: how many samples they have, the least and the greatest. */
function unknownDistribution(distributions: readonly Distribution[]): Distribution {
  const total = (pick: (distribution: Distribution) => number): number =>
    distributions.reduce((sum, distribution) => sum + pick(distribution), 0);
  const filled = distributions.filter(({ count }) => count > 0);
  const extreme = (pick: 'min' | 'max', of: (...values: number[]) => number): number | null => {
    const known = filled.flatMap((distribution) => distribution[pick] ?? []);
    return known.length === 0 || known.length < filled.length ? null : of(...known);
  };
  const unknown = {
    min: extreme('min', Math.min),
    max: extreme('max', Math.max),
    mean: null,
    p50: null,
    p90: null,
    p99: null,
    p999: null,
    p9999: null,
  };
  return {
    ...unknown,
    unit: 'us',
    count: total(({ count }) => count),
    outOfRange: total(({ outOfRange }) => outOfRange),
    histogram: null,
  };
}
