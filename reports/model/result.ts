import { z } from 'zod';
import { distributionSchema } from './distribution.ts';
import { runSchema } from './run.ts';

export const RESULT_KIND = 'crosscurrent-result';
export const SCHEMA_VERSION = 1;

const cellSchema = z.object({
  workload: z.enum(['merchant-spend', 'login-tracker', 'regional-revenue']),
  engine: z.enum(['event', 'micro-batch', 'flink', 'spark']),
  profile: z.string(),
  guarantee: z.enum(['at-least-once', 'exactly-once']),
  /** The symmetry sheet: every setting in force, in a fixed order. */
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
  runs: z.array(runSchema),
});
export type Cell = z.infer<typeof cellSchema>;

/** What generator, broker and observer reach with no engine between, measured in the same run at the same rate: the floor of every latency. */
const floorSchema = z.object({
  workload: cellSchema.shape.workload,
  offeredRatePerSecond: z.number(),
  latency: distributionSchema,
  generatorLag: distributionSchema,
  /** The highest rate that passes through with no engine; null where it was not looked for. */
  ceilingPerSecond: z.number().nullable(),
});
export type Floor = z.infer<typeof floorSchema>;

export const resultSchema = z.object({
  kind: z.literal(RESULT_KIND),
  schemaVersion: z.literal(SCHEMA_VERSION),
  createdAt: z.string(),
  /** Arguments as given, without secrets. */
  command: z.array(z.string()),
  seed: z.int(),
  /** `interrupted`: Ctrl-C or a failure ended it; what is there is complete. */
  status: z.enum(['complete', 'interrupted']),
  tool: z.object({ version: z.string(), gitCommit: z.string().nullable(), gitDirty: z.boolean().nullable() }),
  machine: z.object({
    cpuModel: z.string(),
    cores: z.int(),
    memoryMb: z.int(),
    os: z.string(),
    nodeVersion: z.string(),
    javaVersion: z.string().nullable(),
    loadAverage1m: z.number(),
  }),
  broker: z.object({
    kind: z.enum(['embedded', 'compose', 'external', 'embedded-log']),
    description: z.string(),
    kafkaVersion: z.string().nullable(),
    heapMb: z.int().nullable(),
    /** False for the embedded log: its figures stand beside no Kafka figure. */
    comparable: z.boolean(),
  }),
  cells: z.array(cellSchema),
  floors: z.array(floorSchema).optional(),
});
export type Result = z.infer<typeof resultSchema>;
