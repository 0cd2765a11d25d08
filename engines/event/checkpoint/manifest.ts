import { z } from 'zod';

/**
 * What makes a checkpoint complete: written last, by rename, so a checkpoint either is whole or does not exist. Positions and times
 * are per input partition.
 */
export const manifestSchema = z.object({
  version: z.literal(1),
  checkpointId: z.int().positive(),
  /** The dataflow that the state belongs to. */
  dataflow: z.string(),
  parallelism: z.int().positive(),
  maxParallelism: z.int().positive(),
  guarantee: z.enum(['at-least-once', 'exactly-once']),
  /** Next offset to read of each input partition. */
  positions: z.array(z.int().nonnegative()),
  /** Greatest event time read so far of each input partition; null before the first. */
  maxEventTimesMs: z.array(z.number().nullable()),
  /** Watermark of each slot's operator; null before the first. */
  watermarksMs: z.array(z.number().nullable()),
  lateRecords: z.int().nonnegative(),
  deadLetters: z.int().nonnegative(),
  /** Size of the state file of each slot, by slot. */
  slotBytes: z.array(z.int().nonnegative()),
});

export type Manifest = z.infer<typeof manifestSchema>;
