import type { Configuration, Estimate, LatencyPoint } from '../evidence/index.ts';
import type { Lack, Reading } from './check.ts';

/** Which figure of a point at a rate is read. */
export type Pick = (point: LatencyPoint) => Estimate | null;

export type AtRate =
  | { readonly kind: 'known'; readonly reading: Reading }
  | { readonly kind: 'unknown'; readonly lack: Lack };

/**
 * A figure at a rate: as measured there, or on the straight line between the nearest measured rates below and above, each end of the
 * range and the median for themselves. Latency over load is convex in every queueing model (of M/M/1 it is proportional to 1 / (1 - load)),
 * as are costs with a fixed part (a + b / rate); the chord of a convex function lies above it, so the line errs to the safe side. A line
 * between logarithms would lie below it. Outside the measured rates nothing is said: above, the latency may leave any line at saturation;
 * below, batches fill more slowly and code is colder.
 */
export function atRate({ latencies }: Configuration, ratePerSecond: number, pick: Pick): AtRate {
  const known = latencies.filter((point) => pick(point) !== null);
  const below = known.findLast((point) => point.ratePerSecond <= ratePerSecond);
  const above = known.find((point) => point.ratePerSecond >= ratePerSecond);
  if (below === undefined || above === undefined) {
    const isCovered = isBetween(latencies, ratePerSecond);
    return { kind: 'unknown', lack: isCovered ? { kind: 'figure' } : outside(latencies) };
  }
  const [one, other] = [pick(below) as Estimate, pick(above) as Estimate];
  if (below.ratePerSecond === above.ratePerSecond) {
    const { neverSteady, files } = below;
    const basis = { kind: 'measured', ratePerSecond } as const;
    return { kind: 'known', reading: { estimate: one, basis, neverSteady, files } };
  }
  const share = (ratePerSecond - below.ratePerSecond) / (above.ratePerSecond - below.ratePerSecond);
  const between = (end: 'low' | 'median' | 'high'): number => one[end] + share * (other[end] - one[end]);
  return {
    kind: 'known',
    reading: {
      estimate: {
        low: between('low'),
        median: between('median'),
        high: between('high'),
        count: Math.min(one.count, other.count),
      },
      basis: {
        kind: 'interpolated',
        lowerPerSecond: below.ratePerSecond,
        higherPerSecond: above.ratePerSecond,
      },
      neverSteady: below.neverSteady || above.neverSteady,
      files: [...new Set([...below.files, ...above.files])],
    },
  };
}

/** The figures that are read at a rate. */
export const PICKS = {
  p50: ({ p50Ms }) => p50Ms,
  p99: ({ p99Ms }) => p99Ms,
  'p99.9': ({ p999Ms }) => p999Ms,
  cost: ({ cpuSecondsPerMillion }) => cpuSecondsPerMillion,
} as const satisfies Readonly<Record<string, Pick>>;

function isBetween(points: readonly LatencyPoint[], ratePerSecond: number): boolean {
  const rates = points.map((point) => point.ratePerSecond);
  return Math.min(...rates) <= ratePerSecond && ratePerSecond <= Math.max(...rates);
}

function outside(points: readonly LatencyPoint[]): Lack {
  const rates = points.map((point) => point.ratePerSecond);
  if (rates.length === 0) return { kind: 'rate', measured: null };
  const [lowestPerSecond, highestPerSecond] = [Math.min(...rates), Math.max(...rates)];
  return { kind: 'rate', measured: { lowestPerSecond, highestPerSecond } };
}
