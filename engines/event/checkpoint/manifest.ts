import { z } from 'zod';
import { operatorStateSchema } from './operator-state.ts';

/** Name of a file below the folder of checkpoints, or of a savepoint: no way out of it. */
const fileName = z
  .string()
  .regex(/^[\w-]+(\.[\w-]+)*(\/[\w-]+(\.[\w-]+)*)?$/, 'must be the name of a state file');

/**
 * What makes a checkpoint complete: written last, by rename, so a checkpoint either is whole or does not exist. Positions and times
 * are per input partition.
 */
export const manifestSchema = z.object({
  version: z.literal(2),
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
  /** By slot: the file of a full snapshot, then those of changes in their order. Checkpoints share them. */
  stateFiles: z.array(z.array(fileName).min(1)),
  /** By slot: size of those files. */
  slotBytes: z.array(z.int().nonnegative()),
  /** Elements that the barriers overtook, to be processed first; of the slots that have some. */
  channelFiles: z.array(fileName),
  /** Number of partitions of each source's topic: positions and times are in this order. */
  inputPartitions: z.array(z.int().positive()),
  /** By slot: what its operators keep without a key. */
  operatorStates: z.array(operatorStateSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** All files that a checkpoint needs. */
export function filesOf(manifest: Manifest): string[] {
  return [...manifest.stateFiles.flat(), ...manifest.channelFiles];
}
