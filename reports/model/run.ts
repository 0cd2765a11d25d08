import { z } from 'zod';
import { runBatchesSchema } from './batches.ts';
import { distributionSchema, sliceSchema } from './distribution.ts';
import { introspectionSchema } from './introspection.ts';

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
export const remarkSchema = z.object({
  code: z.string(),
  message: z.string(),
  level: z.enum(['invalid', 'warning']),
});
export type Remark = z.infer<typeof remarkSchema>;

/** Resources of one process over the run, one entry a step: what the operating system said at `firstAtMs + n * stepMs` of the schedule. */
const resourceTimelineSchema = z.object({
  firstAtMs: z.number(),
  stepMs: z.number(),
  /** CPU seconds a second since the step before. */
  cpuShare: z.array(z.number()),
  rssMb: z.array(z.number()),
});

/** Pauses of a garbage collector, as the runtime itself reported them. */
const gcSchema = z.object({ pauses: z.int(), totalMs: z.number(), longestMs: z.number() });

const processCostSchema = z.object({
  name: z.string(),
  cpuSeconds: z.number(),
  peakRssMb: z.number(),
  peakThreads: z.int().nullable().default(null),
  voluntarySwitches: z.int().nullable().default(null),
  involuntarySwitches: z.int().nullable().default(null),
  /** Handed to the storage layer, from the operating system. */
  bytesWritten: z.number().nullable().default(null),
  gc: gcSchema.nullable().default(null),
  timeline: resourceTimelineSchema.nullable().default(null),
});
export type ProcessCost = z.infer<typeof processCostSchema>;

const costSchema = z.object({
  /** Of each process of the engine, from the operating system. */
  processes: z.array(processCostSchema),
  cpuSecondsPerMillionEvents: z.number().nullable(),
});

/** What else used the machine while the run's figures were taken; null where the system does not tell. */
const machineUseSchema = z.object({
  /** Share of all cores that processes outside harness, engine and broker used, 0 to 1. */
  foreignCpuShare: z.number().nullable(),
  /** Share that the hypervisor took, 0 to 1. */
  stolenCpuShare: z.number().nullable(),
});
export type MachineUse = z.infer<typeof machineUseSchema>;

/** How the driver itself did, whatever the engine: a run whose driver failed has no figures. */
const driverSchema = z.object({
  producers: z.int(),
  /** Class that the operating system granted the generator's threads. */
  scheduling: z.enum(['real-time', 'normal']),
  /** Longest time for which sent records waited and no acknowledgement came. */
  longestUnacknowledgedMs: z.number(),
  /** Records a second through generator, broker and observer, as a share of the ceiling measured in the same result; null without one. */
  ceilingShare: z.number().nullable(),
});

/** What happened in the engine, for the marks on the time axis. `atMs` is its beginning. */
const markSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['checkpoint', 'batch']),
    id: z.int(),
    atMs: z.number(),
    durationMs: z.number(),
    pauseMs: z.number().nullable(),
    bytesWritten: z.number(),
  }),
  /** One thread of the engine stood still for its garbage collector. Short pauses, and of very many all but the longest, have no mark. */
  z.object({ kind: z.literal('gc-pause'), atMs: z.number(), durationMs: z.number() }),
]);
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
  machineUse: machineUseSchema.nullable().default(null),
  /** Null for drains, whose input is in the topic before they start. */
  driver: driverSchema.nullable().default(null),
  phasesMs: z.record(z.string(), z.number()).nullable(),
  /** Null for an engine that does not look into itself. */
  introspection: introspectionSchema.nullable().default(null),
  /** Null for an engine that does not work in batches, or does not tell. */
  batches: runBatchesSchema.nullable().default(null),
};

const latencyRunSchema = z.object({
  ...base,
  kind: z.literal('latency'),
  figures: z
    .object({
      offeredRatePerSecond: z.number(),
      achievedRatePerSecond: z.number(),
      eventTimeMultiple: z.number().nullable(),
      /** How records were scheduled: the profile's name and numbers. */
      schedule: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
      warmupMs: z.number(),
      /** `steady`: by the rule of steadiness. `maximum`: it never became steady, and the longest warm-up was used. `fixed`: as long as was asked for. */
      warmupEndedBy: z.enum(['steady', 'maximum', 'fixed']).default('fixed'),
      measuredMs: z.number(),
      /** Per input, from the due instant: the headline. */
      latency: distributionSchema,
      /** From the actual send instead of the due instant. */
      uncorrected: distributionSchema,
      /** Per output record: from the due instant of the newest input it covers. */
      perOutput: distributionSchema,
      /** Replay's own lag: actual send minus due. */
      generatorLag: distributionSchema,
      /**
       * Per input, from the due instant to the stages before visibility. Emitted: Kafka's create time of the covering output, in steps of 1 ms.
       * Appended: a read_uncommitted reader received it. Null where a stage cannot be told, or is the same as visible.
       */
      stages: z
        .object({ emitted: distributionSchema.nullable(), appended: distributionSchema.nullable() })
        .default({ emitted: null, appended: null }),
      /** One merged histogram for each second of the schedule, by due instant, microseconds. */
      seconds: z.array(z.object({ atMs: z.number(), latency: distributionSchema })).default([]),
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
      /** From the first to the last committed output seen: inputs covered in between per second. The cold rate where all came at once, or in one batch. */
      eventsPerSecond: z.number(),
      /** The same over the last half of the backlog: warm-up left out. Null where too few outputs or batches came to tell. */
      lastHalfPerSecond: z.number().nullable().default(null),
      /** From the order to deploy to the last committed output: with start of the processes and warm-up. */
      coldEventsPerSecond: z.number(),
      /** From the order to deploy to the first committed output: the warm-up that no rate of this run but the cold one contains. */
      firstOutputMs: z.number(),
      lastOutputMs: z.number(),
      /** Inputs covered by arrival, [milliseconds from the order to deploy, inputs covered so far]. */
      covered: z.array(z.tuple([z.number(), z.int()])),
    })
    .nullable(),
});
export type DrainRun = z.infer<typeof drainRunSchema>;

/**
 * One fault. Phases are instants, milliseconds from the system call (for a slot: from the order). Detected, restarted and restored are the
 * supervisor's and the engine's, first output and caught up the observer's.
 */
const killSchema = z.object({
  atMs: z.number(),
  /** Where in the checkpoint or batch interval it fell, 0 to 1, as drawn. */
  phase: z.number(),
  /** `process`: SIGKILL. `slot`: one worker thread of the engine ended abruptly. */
  target: z.enum(['process', 'slot']).default('process'),
  /** Null, as each phase: not reached before the next kill or the end. `restartedMs` is also null for a slot: its process stays. */
  detectedMs: z.number().nullable(),
  restartedMs: z.number().nullable(),
  restoredMs: z.number().nullable(),
  firstOutputMs: z.number().nullable(),
  caughtUpMs: z.number().nullable(),
  /**
   * Restored positions against those last heard before the fault, so never too many: at most 100 ms old from the embedded engines (their
   * heartbeat), 1.5 s from Flink (its metrics); 0 on Spark, which tells a position with the commit of its batch.
   */
  replayedRecords: z.int(),
  /** Lengths of the phases, none below zero, added up, minus the observer's total: positive where the three contradict each other. Null where a phase is missing. */
  phaseSumErrorMs: z.number().nullable().default(null),
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
      /** Distinct keys of the log: the size of the state. */
      stateKeys: z.int().nullable().default(null),
      /** What checkpoints, or logs and state of batches, wrote over the run. */
      bytesWritten: z.object({ total: z.number(), perSecond: z.number() }).nullable().default(null),
      latency: distributionSchema,
      generatorLag: distributionSchema,
      slices: z.array(sliceSchema),
      marks: z.array(markSchema),
    })
    .nullable(),
});
export type RecoveryRun = z.infer<typeof recoveryRunSchema>;

/** One probe of the search for the sustainable rate. */
const sustainStepSchema = z.object({
  ratePerSecond: z.number(),
  purpose: z.enum(['bracket', 'bisect', 'confirm']),
  /** `driver`: generator, broker or observer did not hold the rate, so it says nothing of the engine. */
  verdict: z.enum(['holds', 'fails', 'driver']),
  /** Why it does not hold, in words. */
  reasons: z.array(z.string()),
  p99Us: z.number().nullable(),
  /** Growth of the lag, records a second. */
  lagSlopePerSecond: z.number().nullable(),
  /** From the end of the schedule until everything was covered. */
  drainMs: z.number().nullable(),
});
export type SustainStep = z.infer<typeof sustainStepSchema>;

const sustainRunSchema = z.object({
  ...base,
  kind: z.literal('sustain'),
  figures: z
    .object({
      slo: z.object({ percentile: z.number(), limitMs: z.number() }),
      /** Highest rate confirmed; null when even the lowest one failed. */
      sustainablePerSecond: z.number().nullable(),
      /** The highest rate that holds and the lowest that does not; null where there is none in the range searched. */
      bracket: z.object({ holds: z.number().nullable(), fails: z.number().nullable() }),
      /** `driver`: the search ended at what generator, broker and observer pass: the engine may do more. */
      limitedBy: z.enum(['engine', 'driver', 'range', 'probes']),
      confirmations: z.int(),
      steps: z.array(sustainStepSchema),
      /** Latency at shares of the sustainable rate. */
      curve: z.array(
        z.object({
          share: z.number(),
          ratePerSecond: z.number(),
          latency: distributionSchema,
          remarks: z.array(remarkSchema),
        }),
      ),
    })
    .nullable(),
});
export type SustainRun = z.infer<typeof sustainRunSchema>;

export const runSchema = z.discriminatedUnion('kind', [
  latencyRunSchema,
  drainRunSchema,
  recoveryRunSchema,
  sustainRunSchema,
]);
export type Run = z.infer<typeof runSchema>;
