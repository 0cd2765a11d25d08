import { z } from 'zod';

/**
 * `holds`: as it was published. `in-part`: for one side, one setting or one end of the range. `not-here`: the figures contradict it.
 * `out-of-date`: it was right of an earlier version. `not-measured`: figures are missing or were refused.
 */
export const VERDICTS = ['holds', 'in-part', 'not-here', 'out-of-date', 'not-measured'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** In words, for every report. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  'in-part': 'holds in part',
  'not-here': 'does not hold here',
  'out-of-date': 'out of date',
  'not-measured': 'not measured',
};

const estimateSchema = z.object({
  median: z.number(),
  low: z.number(),
  high: z.number(),
  count: z.int(),
});

const claimFigureSchema = z.object({
  side: z.enum(['event-driven', 'micro-batch']),
  engine: z.enum(['event', 'micro-batch', 'flink', 'spark']),
  /** What was measured, under which conditions: "p99, merchant-spend at 1,000/s". */
  label: z.string(),
  unit: z.enum(['ms', 'events/s', 'records', 'share', 'ratio', 'bytes/s', 'us', 'count']),
  estimate: estimateSchema,
  /** Experiment that it is from; null for what the code says. */
  experiment: z.string().nullable(),
});
export type ClaimFigure = z.infer<typeof claimFigureSchema>;

export const findingSchema = z.object({
  verdict: z.enum(VERDICTS),
  /** Why, with the figures that decided, in a sentence or two. */
  because: z.string(),
  figures: z.array(claimFigureSchema),
  /** Under what this was found: rates, guarantees, settings, machine-independent. */
  conditions: z.array(z.string()),
  /** What would change the verdict. */
  wouldChange: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;
