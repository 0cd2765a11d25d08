import { z } from 'zod';
import { KILL_PHASES } from './kill-phase.ts';
import { KILL_AIMS } from './kill-plan.ts';

const count = z.int().min(0);
const milliseconds = z.number().nullable();

const killSchema = z.strictObject({
  aim: z.enum(KILL_AIMS),
  /** Since the start of the schedule, milliseconds. */
  atMs: z.number(),
  phase: z.enum(KILL_PHASES),
  /** From the kill on, milliseconds: until its successor ran, a checkpoint or batch was complete, a new output was committed. Null where the next kill came first. */
  runningMs: milliseconds,
  committedMs: milliseconds,
  outputMs: milliseconds,
});

/** Against the run without kills; see `Deviations`. */
const deviationsSchema = z.strictObject({
  compared: count,
  lost: count,
  duplicated: count,
  different: count,
  disordered: count,
  examples: z.array(z.string()),
});

const cellSchema = z.strictObject({
  workload: z.string(),
  engine: z.string(),
  profile: z.string(),
  guarantee: z.string(),
  settings: z.array(z.strictObject({ name: z.string(), value: z.string(), source: z.string() })),
  log: z.strictObject({ sha256: z.string(), records: count }).nullable(),
  ratePerSecond: z.number(),
  plannedKills: count,
  outcome: z.enum(['kept', 'broken', 'failed', 'interrupted']),
  /** Why the run failed. */
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  wallMs: z.number().min(0),
  kills: z.array(killSchema),
  /** Parallelism of each deployment in turn, from savepoint to savepoint; empty where it never changed. */
  parallelisms: z.array(count),
  /** Starts after a kill that came to run. */
  recoveries: count,
  /** Kills before the engine had recovered from the one before. */
  killsInRestarts: count,
  /** Or batches. */
  checkpointsCompleted: count,
  checkpointsFailed: count,
  /** Null where the run did not end. */
  deviations: deviationsSchema.nullable(),
  oracle: z.strictObject({ passed: z.boolean(), reasons: z.array(z.string()) }).nullable(),
  /** Kills sent when a wrong output was first seen, at the next kill at the latest; null where none was. */
  firstWrongAfterKills: count.nullable(),
});

export const SOAK_SCHEMA_VERSION = 1;
export const SOAK_FILE_NAME = 'soak.json';

/** What `crosscurrent soak` writes to its folder. */
export const soakResultSchema = z.strictObject({
  schemaVersion: z.literal(SOAK_SCHEMA_VERSION),
  createdAt: z.string(),
  command: z.array(z.string()),
  tool: z.strictObject({
    version: z.string(),
    gitCommit: z.string().nullable(),
    gitDirty: z.boolean().nullable(),
  }),
  broker: z.string(),
  seed: z.int(),
  status: z.enum(['complete', 'interrupted']),
  cells: z.array(cellSchema),
});

export type SoakResult = z.infer<typeof soakResultSchema>;
export type SoakCell = SoakResult['cells'][number];
