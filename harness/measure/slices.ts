import { HEAT_BUCKETS_US, type Slice } from '../../reports/model/index.ts';
import type { TimedSamples } from './timed-samples.ts';

/**
 * Cuts samples into slices of equal length by their due instant. Percentiles of a slice are exact (nearest rank over its samples) and
 * null when it has none. `lag` counts samples due by the slice's end and not yet seen by then. What is due or arrives from `endMs` on is in
 * no slice.
 *
 * @param samples in any order
 * @param outputArrivalsMs arrival of each output record, milliseconds from the start of the schedule
 */
export function sliceSamples(
  { dueMs, latencyUs }: Pick<TimedSamples, 'dueMs' | 'latencyUs'>,
  outputArrivalsMs: Float64Array,
  lengthMs: number,
  endMs: number,
): Slice[] {
  const count = Math.max(1, Math.ceil(endMs / lengthMs));
  const dueBy = new Int32Array(count);
  const seenBy = new Int32Array(count);
  const outputs = new Int32Array(count);
  const sliceOf = (atMs: number): number => Math.max(0, Math.floor(atMs / lengthMs));
  const add = (counts: Int32Array, atMs: number): void => {
    const slice = sliceOf(atMs);
    if (slice >= count) return;
    counts[slice] = (counts[slice] as number) + 1;
  };
  for (let index = 0; index < dueMs.length; index += 1) {
    const due = dueMs[index] as number;
    if (sliceOf(due) >= count) continue;
    add(dueBy, due);
    add(seenBy, due + (latencyUs[index] as number) / 1_000);
  }
  for (const atMs of outputArrivalsMs) add(outputs, atMs);
  const slices: Slice[] = [];
  let lag = 0;
  for (const [index, sorted] of sortedBySlice(dueMs, latencyUs, dueBy, sliceOf).entries()) {
    lag += (dueBy[index] as number) - (seenBy[index] as number);
    slices.push({
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
    });
  }
  return slices;
}

/** The smallest value with at least `share` of the values at or below it; null for no values. */
export function nearestRank(sorted: Float64Array, share: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

/** The latencies of each slice, sorted, as views of one column. @param counts samples of each slice */
function sortedBySlice(
  dueMs: Float64Array,
  latencyUs: Float64Array,
  counts: Int32Array,
  sliceOf: (atMs: number) => number,
): Float64Array[] {
  const column = new Float64Array(latencyUs.length);
  const fill = new Float64Array(counts.length);
  for (let slice = 1; slice < counts.length; slice += 1) {
    fill[slice] = (fill[slice - 1] as number) + (counts[slice - 1] as number);
  }
  for (let index = 0; index < latencyUs.length; index += 1) {
    const slice = sliceOf(dueMs[index] as number);
    if (slice >= counts.length) continue;
    const at = fill[slice] as number;
    column[at] = latencyUs[index] as number;
    fill[slice] = at + 1;
  }
  return Array.from(counts, (count, slice) => {
    const end = fill[slice] as number;
    return column.subarray(end - count, end).sort();
  });
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
