import { HEAT_BUCKETS_US, type Slice } from '../../reports/model/index.ts';
import type { TimedSample } from './timed-sample.ts';

/**
 * Cuts samples into slices of equal length by their due instant. Percentiles of a slice are exact (nearest rank over its samples) and
 * null when it has none. `lag` counts samples due by the slice's end and not yet seen by then.
 *
 * @param samples in any order
 * @param outputArrivalsMs arrival of each output record, milliseconds from the start of the schedule
 */
export function sliceSamples(
  samples: readonly TimedSample[],
  outputArrivalsMs: Float64Array,
  lengthMs: number,
  endMs: number,
): Slice[] {
  const count = Math.max(1, Math.ceil(endMs / lengthMs));
  const latencies: number[][] = Array.from({ length: count }, () => []);
  const dueBy = new Int32Array(count);
  const seenBy = new Int32Array(count);
  const outputs = new Int32Array(count);
  const sliceOf = (atMs: number): number => Math.min(count - 1, Math.max(0, Math.floor(atMs / lengthMs)));
  for (const { dueMs, latencyUs } of samples) {
    const slice = sliceOf(dueMs);
    (latencies[slice] as number[]).push(latencyUs);
    dueBy[slice] = (dueBy[slice] as number) + 1;
    const seen = sliceOf(dueMs + latencyUs / 1_000);
    seenBy[seen] = (seenBy[seen] as number) + 1;
  }
  for (const atMs of outputArrivalsMs) outputs[sliceOf(atMs)] = (outputs[sliceOf(atMs)] as number) + 1;
  let lag = 0;
  return latencies.map((values, index) => {
    lag += (dueBy[index] as number) - (seenBy[index] as number);
    const sorted = Float64Array.from(values).sort();
    return {
      atMs: index * lengthMs,
      lengthMs,
      samples: sorted.length,
      p50: nearestRank(sorted, 0.5),
      p99: nearestRank(sorted, 0.99),
      max: nearestRank(sorted, 1),
      offered: dueBy[index] as number,
      outputs: outputs[index] as number,
      lag,
      heat: heatOf(sorted),
    };
  });
}

/** The smallest value with at least `share` of the values at or below it; null for no values. */
export function nearestRank(sorted: Float64Array, share: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

function heatOf(sorted: Float64Array): number[] {
  const heat = new Array<number>(HEAT_BUCKETS_US.length + 1).fill(0);
  let bucket = 0;
  for (const value of sorted) {
    while (bucket < HEAT_BUCKETS_US.length && value > (HEAT_BUCKETS_US[bucket] as number)) bucket += 1;
    heat[bucket] = (heat[bucket] as number) + 1;
  }
  return heat;
}
