import { createLatencyHistogram, type Distribution, distributionOf } from '../../model/index.ts';

/** Of a latency, milliseconds. What is left out lies between those that are given. */
export interface LatencyTruth {
  readonly minMs?: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly p999Ms?: number;
  /** Whatever the other figures make of it, where it is left out. */
  readonly meanMs?: number;
  /** Share of the samples at the minimum, 0 to 1. */
  readonly shareAtMinimum?: number;
}

const SAMPLES = 20_000;

/** A distribution with exactly these figures, and a histogram that has them to its three digits. */
export function syntheticDistribution(truth: LatencyTruth): Distribution {
  const { shareAtMinimum = 0.1 } = truth;
  const known = truth.p50Ms ?? truth.p99Ms ?? truth.minMs ?? 10;
  const p50Ms = truth.p50Ms ?? known;
  const p99Ms = truth.p99Ms ?? p50Ms;
  const p999Ms = truth.p999Ms ?? p99Ms;
  const minMs = truth.minMs ?? p50Ms;
  const histogram = createLatencyHistogram();
  let recorded = 0;
  const upTo = (share: number, ms: number): void => {
    const wanted = Math.round(SAMPLES * share);
    if (wanted > recorded) histogram.recordValueWithCount(Math.round(ms * 1_000), wanted - recorded);
    recorded = Math.max(recorded, wanted);
  };
  upTo(shareAtMinimum, minMs);
  upTo(0.5, p50Ms);
  upTo(0.99, p99Ms);
  upTo(1, p999Ms);
  const exact = {
    mean: truth.meanMs ?? histogram.mean / 1_000,
    min: minMs,
    p50: p50Ms,
    p99: p99Ms,
    p999: p999Ms,
  };
  const inUs = Object.fromEntries(Object.entries(exact).map(([name, ms]) => [name, ms * 1_000]));
  return { ...distributionOf(histogram), ...inUs };
}
