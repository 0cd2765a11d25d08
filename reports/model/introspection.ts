import { z } from 'zod';

/** Shares of a task's time, 0 to 1: together 1. */
const timeSharesSchema = z.object({ busy: z.number(), backPressured: z.number(), idle: z.number() });

const operatorSchema = z.object({
  /** The same in all tasks that run it. */
  name: z.string(),
  /** Since the task last started. */
  recordsIn: z.number(),
  recordsOut: z.number(),
  /** Medians over the intervals of the measured part; null without any. */
  inPerSecond: z.number().nullable(),
  outPerSecond: z.number().nullable(),
  /** Share of its task's time, the median too; null where the engine tells that of the task alone. */
  busyShare: z.number().nullable(),
  /** At the last snapshot; null before the first, and for an operator that keeps no state. */
  state: z.object({ entries: z.int().nullable(), bytes: z.number() }).nullable(),
});

/**
 * What the engine told of its insides: as it was last heard before the stop, and the median over the measured part. Totals are since the
 * tasks last started.
 */
export const introspectionSchema = z.object({
  /** A slot's thread of the event-driven engine, a vertex of Flink's job graph. */
  tasks: z.array(
    z.object({
      name: z.string(),
      /** Medians, each of its own, so they add up to about 1; null without any interval. */
      shares: timeSharesSchema.nullable(),
      watermarkMs: z.number().nullable(),
      operators: z.array(operatorSchema),
    }),
  ),
  /** Looks, a second apart, between which the medians were taken; where a task started in between there is none. */
  intervals: z.int(),
  watermark: z
    .object({
      /** The partition that held the watermark back: its lag behind the furthest one, and for how long it was the one. */
      heldBackBy: z
        .object({ partition: z.int(), behindMs: z.number().nullable(), forMs: z.number() })
        .nullable(),
      idlePartitions: z.array(z.int()),
    })
    .nullable(),
  checkpoints: z
    .object({
      completed: z.int(),
      failed: z.int(),
      timedOut: z.int(),
      last: z
        .object({
          checkpointId: z.int(),
          durationMs: z.number(),
          alignmentMs: z.number().nullable(),
          writtenBytes: z.number(),
          fullBytes: z.number(),
        })
        .nullable(),
    })
    .nullable(),
});
export type RunIntrospection = z.infer<typeof introspectionSchema>;
