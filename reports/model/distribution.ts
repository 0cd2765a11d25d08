import { z } from 'zod';

/** A percentile with fewer than this many samples beyond it is not printed. */
export const MINIMUM_SAMPLES_BEYOND = 10;

/**
 * Microseconds. Percentiles come from one merged HDR histogram, never from averages; null where fewer than ten samples lie beyond.
 * `histogram` is the histogram itself (HDR V2, compressed, base64): every number can be recomputed.
 */
export const distributionSchema = z.object({
  unit: z.literal('us'),
  count: z.int().nonnegative(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p99: z.number().nullable(),
  p999: z.number().nullable(),
  p9999: z.number().nullable(),
  /** Samples outside the histogram's range: counted, part of `count`, not of `histogram`. */
  outOfRange: z.int().nonnegative(),
  /** Null where a copy of the result was to be small: the percentiles stay, and cannot be merged with others. */
  histogram: z.string().nullable(),
});
export type Distribution = z.infer<typeof distributionSchema>;

/** One slice of a time series, `atMs` from the start of the schedule. Latency by the due instant of the inputs in it, microseconds. */
export const sliceSchema = z.object({
  atMs: z.number(),
  lengthMs: z.number(),
  samples: z.int(),
  p50: z.number().nullable(),
  p99: z.number().nullable(),
  max: z.number().nullable(),
  offered: z.int(),
  /** Outputs seen by the observer in this slice, by arrival. */
  outputs: z.int(),
  /** Samples offered and not yet covered at the end of the slice. */
  lag: z.int(),
  /** Counts over log-spaced latency buckets (HEAT_BUCKETS_US), for the heat map. */
  heat: z.array(z.int()),
});
export type Slice = z.infer<typeof sliceSchema>;

/** Upper bounds of the heat map's buckets, microseconds: 4 a decade from 100 us to 100 s; a last bucket takes the rest. */
export const HEAT_BUCKETS_US: readonly number[] = Array.from({ length: 25 }, (_, i) =>
  Math.round(100 * 10 ** (i / 4)),
);
