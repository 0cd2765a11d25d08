import { z } from 'zod';
import { distributionSchema } from './distribution.ts';
import { remarkSchema, runSchema } from './run.ts';

export const RESULT_KIND = 'crosscurrent-result';
/** Version 2 has the wider fingerprint, floors, stages and resources over time; version 3 has marks of garbage collections. */
export const SCHEMA_VERSION = 3;
/** Files of earlier versions are read too: what they lack is filled in by the schema's defaults. */
export const READABLE_VERSIONS: readonly number[] = [1, 2, SCHEMA_VERSION];

/** Value of a variable that differs by engine and not by cell: each engine has its own, which its settings sheet tells. */
export const OWN_VALUE = 'own';

const cellSchema = z.object({
  /** A built-in workload's name, or the path of one's own as it was given. */
  workload: z.string(),
  engine: z.enum(['event', 'micro-batch', 'flink', 'spark']),
  profile: z.string(),
  guarantee: z.enum(['at-least-once', 'exactly-once']),
  /** The symmetry sheet: every setting in force, in a fixed order. */
  settings: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      /** Where the value is from. */
      source: z.enum(['default', 'profile', 'flag']).default('default'),
      /** What the system itself has by default, where this harness has another. */
      systemDefault: z.string().optional(),
    }),
  ),
  /** What this cell varies on purpose beside the engine, by name: rows in which two sides may differ and still be ranked. `own`: each engine has its own value. */
  variables: z.record(z.string(), z.string()).default({}),
  runs: z.array(runSchema),
});
export type Cell = z.infer<typeof cellSchema>;

/** What generator, broker and observer reach with no engine between, measured in the same run at the same rate: the floor of every latency. */
const floorSchema = z.object({
  workload: cellSchema.shape.workload,
  offeredRatePerSecond: z.number(),
  latency: distributionSchema,
  /** From the actual send instead of the due instant. */
  uncorrected: distributionSchema.nullable().default(null),
  generatorLag: distributionSchema,
  /** Mean size of a record's value. */
  recordBytes: z.number().nullable().default(null),
  /** The highest rate that passes through with no engine; null where it was not looked for. */
  ceilingPerSecond: z.number().nullable(),
  /** What makes these figures invalid, or is worth knowing. */
  remarks: z.array(remarkSchema).default([]),
});
export type Floor = z.infer<typeof floorSchema>;

/** How far two runs of the same thing differ here: comparisons of an engine with itself (A/A). A difference below it is no difference. */
const noiseFloorSchema = z.object({
  workload: cellSchema.shape.workload,
  engine: cellSchema.shape.engine,
  guarantee: cellSchema.shape.guarantee,
  profile: z.string(),
  variables: cellSchema.shape.variables,
  /** A metric's id. */
  metric: z.string(),
  comparisons: z.int(),
  /** Second run over first, one a comparison. */
  ratios: z.array(z.number()),
  /** 95 % of the comparisons differ by at most this share of the smaller value. */
  spread: z.number(),
});
export type NoiseFloor = z.infer<typeof noiseFloorSchema>;

export const resultSchema = z.object({
  kind: z.literal(RESULT_KIND),
  schemaVersion: z.literal(READABLE_VERSIONS).transform(() => SCHEMA_VERSION),
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
    /** Before the first run. */
    loadAverage1m: z.number(),
    /** Limits that a control group sets; null where it sets none. */
    limits: z
      .object({ cpus: z.number().nullable(), memoryMb: z.number().nullable() })
      .default({ cpus: null, memoryMb: null }),
    /** Smallest step of the clock that stamps are taken from. */
    clockResolutionUs: z.number().nullable().default(null),
  }),
  /** Versions of engines, clients and libraries, by name. */
  versions: z.record(z.string(), z.string()).default({}),
  broker: z.object({
    kind: z.enum(['embedded', 'compose', 'external', 'embedded-log']),
    description: z.string(),
    kafkaVersion: z.string().nullable(),
    heapMb: z.int().nullable(),
    /** False for the embedded log: its figures stand beside no Kafka figure. */
    comparable: z.boolean(),
  }),
  cells: z.array(cellSchema),
  floors: z.array(floorSchema).default([]),
  noiseFloors: z.array(noiseFloorSchema).default([]),
});
export type Result = z.infer<typeof resultSchema>;
