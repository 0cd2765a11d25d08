import { z } from 'zod';
import { METRICS } from '../model/index.ts';

export const REGRESSION_REPORT_KIND = 'crosscurrent-regression-report';
export const REGRESSION_REPORT_VERSION = 1;

/**
 * The closed set of verdicts on one metric of one cell, head against base. `unchanged`: a difference below the minimum effect, or none shown and the
 * interval lies within it. `within noise`: the medians differ by more than the minimum effect, and it is not significant. `inconclusive`: too
 * few valid runs to say anything. `missing`, `new`: measured in base alone, in head alone.
 */
export const VERDICTS = [
  'regressed',
  'improved',
  'unchanged',
  'within noise',
  'inconclusive',
  'not comparable',
  'missing',
  'new',
] as const;
const verdictSchema = z.enum(VERDICTS);
export type RegressionVerdict = z.infer<typeof verdictSchema>;

/** `error`: a regression fails the comparison. `warn`: it is told. `off`: the metric is left out. */
export const levelSchema = z.enum(['error', 'warn', 'off']);
export type Level = z.infer<typeof levelSchema>;

/** A fingerprint's row that differs between the sides and should not. */
const differenceSchema = z.object({ name: z.string(), base: z.string(), head: z.string() });
export type Difference = z.infer<typeof differenceSchema>;

/** One side's values of a metric: one a run, in the order of the runs, in the metric's unit. */
const sampleSchema = z.object({
  values: z.array(z.number()),
  median: z.number(),
  /** Exact order-statistic interval of the median, at least 95 %; null below 6 runs. */
  interval: z.object({ low: z.number(), high: z.number(), coverage: z.number() }).nullable(),
});
export type Sample = z.infer<typeof sampleSchema>;

const rowSchema = z.object({
  workload: z.string(),
  engine: z.string(),
  profile: z.string(),
  guarantee: z.string(),
  variables: z.record(z.string(), z.string()),
  /** `event-driven`, `micro-batch (tuned), rate=5000`: what the cell is called beside others of its workload and guarantee. */
  cell: z.string(),
  metric: z.enum(METRICS.map(({ id }) => id)),
  level: levelSchema,
  /** As a share: 0.05 is 5 %. */
  minimumEffect: z.number(),
  /** Null: no valid run on that side. */
  base: sampleSchema.nullable(),
  head: sampleSchema.nullable(),
  /** Median of head over median of base, whatever the direction; with its bootstrap 95 % interval. Null where a side is missing or zero. */
  ratio: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Two-sided Mann-Whitney, exact, as it is and after Holm over the family. */
  p: z.number().nullable(),
  pHolm: z.number().nullable(),
  verdict: verdictSchema,
  /** One sentence: why this verdict. */
  sentence: z.string(),
  /** What a second measurement of a regressed cell said; null where there was none. */
  confirmation: z.enum(['confirmed', 'cleared']).nullable(),
});
export type RegressionRow = z.infer<typeof rowSchema>;

const sideSchema = z.object({
  /** What it is called: a commit, a folder, a file. */
  name: z.string(),
  gitCommit: z.string().nullable(),
  gitDirty: z.boolean().nullable(),
  /** Of the newest of its results. */
  createdAt: z.string(),
  command: z.array(z.string()),
  /** Results that it is made of. */
  results: z.int(),
  /** Runs that passed, and those refused, failed or wrong. */
  passedRuns: z.int(),
  refusedRuns: z.int(),
  /** Runs whose output was wrong, in words: correctness beats every figure. */
  wrong: z.array(z.string()),
});
export type Side = z.infer<typeof sideSchema>;

export const regressionReportSchema = z.object({
  kind: z.literal(REGRESSION_REPORT_KIND),
  schemaVersion: z.literal(REGRESSION_REPORT_VERSION),
  base: sideSchema,
  head: sideSchema,
  /** Two-sided level of the whole family. */
  alpha: z.number(),
  minimumRuns: z.int(),
  seed: z.int(),
  /** Tests that Holm's correction was made over. */
  tests: z.int(),
  /** Rows of the machine's and the broker's fingerprint that differ: nothing is comparable then. */
  differences: z.array(differenceSchema),
  /** Cells whose own fingerprint (settings, log, rate) differs. */
  cellDifferences: z.array(
    z.object({
      workload: z.string(),
      cell: z.string(),
      guarantee: z.string(),
      rows: z.array(differenceSchema),
    }),
  ),
  rows: z.array(rowSchema),
  /** How many rows have each verdict; all are there. */
  counts: z.record(verdictSchema, z.int()),
  /** Of the whole, worst first: wrong output, a regression whose level is `error`, nothing that could be said, or fine. */
  outcome: z.enum(['wrong', 'regressed', 'inconclusive', 'ok']),
  /** What the reader should know, in sentences. */
  remarks: z.array(z.string()),
});
/** What changed between two sides: the one model that every output of a comparison renders. */
export type RegressionReport = z.infer<typeof regressionReportSchema>;
