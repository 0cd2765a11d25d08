import { z } from 'zod';
import { distributionSchema, sliceSchema } from './distribution.ts';

/** What the oracle found in a run's outputs. `passed`: nothing wrong, nothing lost, duplicates only where the guarantee allows them. */
const verificationSchema = z.object({
  passed: z.boolean(),
  expectedSamples: z.int(),
  coveredSamples: z.int(),
  outputs: z.int(),
  lost: z.int(),
  duplicates: z.int(),
  duplicatesAllowed: z.boolean(),
  wrong: z.int(),
  /** The first few reasons, in words. */
  reasons: z.array(z.string()),
  lateRecords: z.object({
    expected: z.int(),
    seen: z.int(),
    how: z.enum(['side-output', 'count', 'none']),
    sparkCount: z.int().nullable(),
  }),
  deadLetters: z.object({ expected: z.int(), seen: z.int() }),
});
export type Verification = z.infer<typeof verificationSchema>;

/** Why a run may print no number (measurement.md section 3), or what the reader should know of it. */
const remarkSchema = z.object({
  code: z.string(),
  message: z.string(),
  level: z.enum(['invalid', 'warning']),
});
export type Remark = z.infer<typeof remarkSchema>;

const costSchema = z.object({
  /** Of each process of the engine, from the operating system. */
  processes: z.array(z.object({ name: z.string(), cpuSeconds: z.number(), peakRssMb: z.number() })),
  cpuSecondsPerMillionEvents: z.number().nullable(),
});

/** A checkpoint or a batch, for the marks on the time axis. */
const markSchema = z.object({
  kind: z.enum(['checkpoint', 'batch']),
  id: z.int(),
  atMs: z.number(),
  durationMs: z.number(),
  pauseMs: z.number().nullable(),
  bytesWritten: z.number(),
});
export type Mark = z.infer<typeof markSchema>;

const logSchema = z.object({
  sha256: z.string(),
  records: z.int(),
  specification: z.record(z.string(), z.union([z.string(), z.number()])),
});

const base = {
  log: logSchema,
  runId: z.string(),
  startedAt: z.string(),
  wallMs: z.number(),
  /** `failed`: the run ended with an error, whose code and message stand in `remarks`. Only `passed` runs carry figures into tables. */
  outcome: z.enum(['passed', 'oracle-failed', 'invalid', 'failed']),
  remarks: z.array(remarkSchema),
  verification: verificationSchema.nullable(),
  cost: costSchema.nullable(),
  phasesMs: z.record(z.string(), z.number()).nullable(),
};

const latencyRunSchema = z.object({
  ...base,
  kind: z.literal('latency'),
  figures: z
    .object({
      offeredRatePerSecond: z.number(),
      achievedRatePerSecond: z.number(),
      eventTimeMultiple: z.number().nullable(),
      warmupMs: z.number(),
      measuredMs: z.number(),
      /** Per input, from the due instant: the headline. */
      latency: distributionSchema,
      /** From the actual send instead of the due instant. */
      uncorrected: distributionSchema,
      /** Per output record: from the due instant of the newest input it covers. */
      perOutput: distributionSchema,
      /** Replay's own lag: actual send minus due. */
      generatorLag: distributionSchema,
      negativeSamples: z.int(),
      slices: z.array(sliceSchema),
      marks: z.array(markSchema),
    })
    .nullable(),
});
export type LatencyRun = z.infer<typeof latencyRunSchema>;

const drainRunSchema = z.object({
  ...base,
  kind: z.literal('drain'),
  figures: z
    .object({
      events: z.int(),
      /** From the first to the last committed output seen: inputs covered in between per second. */
      eventsPerSecond: z.number(),
      /** From the start of the engine's process to the last committed output: with process start and JIT warm-up. */
      coldEventsPerSecond: z.number(),
      /** From the start of the engine's process to the first committed output. */
      firstOutputMs: z.number(),
      lastOutputMs: z.number(),
      /** Inputs covered by arrival, [milliseconds from the start of the engine's process, inputs covered so far]. */
      covered: z.array(z.tuple([z.number(), z.int()])),
    })
    .nullable(),
});
export type DrainRun = z.infer<typeof drainRunSchema>;

/** One SIGKILL. Phases are milliseconds from the system call and ascend; they add up to the total by construction of the differences. */
const killSchema = z.object({
  atMs: z.number(),
  /** Where in the checkpoint or batch interval it fell, 0 to 1, as drawn. */
  phase: z.number(),
  /** Null, as each phase: not reached before the run ended. */
  detectedMs: z.number().nullable(),
  restartedMs: z.number().nullable(),
  restoredMs: z.number().nullable(),
  firstOutputMs: z.number().nullable(),
  caughtUpMs: z.number().nullable(),
  replayedRecords: z.int(),
});
export type Kill = z.infer<typeof killSchema>;

const recoveryRunSchema = z.object({
  ...base,
  kind: z.literal('recovery'),
  figures: z
    .object({
      offeredRatePerSecond: z.number(),
      /** Detection settings as printed. */
      detection: z.string(),
      kills: z.array(killSchema),
      latency: distributionSchema,
      generatorLag: distributionSchema,
      slices: z.array(sliceSchema),
      marks: z.array(markSchema),
    })
    .nullable(),
});
export type RecoveryRun = z.infer<typeof recoveryRunSchema>;

export const runSchema = z.discriminatedUnion('kind', [latencyRunSchema, drainRunSchema, recoveryRunSchema]);
export type Run = z.infer<typeof runSchema>;
