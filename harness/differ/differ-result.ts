import { z } from 'zod';

const count = z.int().min(0);

const recordSchema = z.strictObject({
  key: z.string().nullable(),
  form: z.enum(['json', 'bytes', 'none']),
  value: z.string().nullable(),
});

const differenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('different'),
    base: recordSchema,
    other: recordSchema,
    fields: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('only-base'), record: recordSchema }),
  z.strictObject({ kind: z.literal('only-other'), record: recordSchema }),
  z.strictObject({ kind: z.literal('repeated'), record: recordSchema, baseTimes: count, otherTimes: count }),
]);

const outputSchema = z.strictObject({
  /** Logical output: `output`, `late` or `dead-letter`. */
  output: z.string(),
  compared: z.enum(['every-record', 'last-of-each']),
  base: count,
  other: count,
  same: count,
  different: count,
  onlyBase: count,
  onlyOther: count,
  repeated: count,
  leftOpen: count,
  /** The first ones: `more` are not here. */
  differences: z.array(differenceSchema),
  more: count,
});

const lateSchema = z.strictObject({
  how: z.enum(['put-out', 'counted', 'counted-after-aggregation']),
  records: count,
});

const pairSchema = z.strictObject({
  base: z.string(),
  other: z.string(),
  isSame: z.boolean(),
  outputs: z.array(outputSchema),
  /** How late records were told of, where not both engines put them out; null elsewhere. */
  late: z.strictObject({ base: lateSchema, other: lateSchema, agree: z.boolean() }).nullable(),
});

const runSchema = z.strictObject({
  engine: z.string(),
  wallMs: z.number().min(0),
  /** Records of each output. */
  records: z.record(z.string(), count),
  /** What the oracle says of the run. */
  oraclePassed: z.boolean(),
  oracleReasons: z.array(z.string()),
});

const comparedSchema = z.strictObject({
  workload: z.string(),
  guarantee: z.string(),
  profile: z.string(),
  log: z.strictObject({ sha256: z.string(), records: count }),
  runs: z.array(runSchema),
  /** Each engine but the first, against the first. */
  pairs: z.array(pairSchema),
});

export const DIFFER_SCHEMA_VERSION = 1;

/** What `crosscurrent differ --json` prints. */
export const differResultSchema = z.strictObject({
  schemaVersion: z.literal(DIFFER_SCHEMA_VERSION),
  tool: z.strictObject({
    version: z.string(),
    gitCommit: z.string().nullable(),
    gitDirty: z.boolean().nullable(),
  }),
  compared: z.array(comparedSchema),
  /** Whether every pair is the same and every run right. */
  isSame: z.boolean(),
});

export type DifferResult = z.infer<typeof differResultSchema>;
export type Compared = DifferResult['compared'][number];
export type ComparedPair = Compared['pairs'][number];
export type ComparedOutput = ComparedPair['outputs'][number];
export type LateAccount = z.infer<typeof lateSchema>;
