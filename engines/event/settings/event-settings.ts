import { z } from 'zod';
import {
  checkpointSettings,
  defineSettings,
  kafkaClientSettings,
  milliseconds,
  transactionSettings,
} from '../../pipeline/settings/index.ts';

const bytes = z.int().min(1024).max(1_073_741_824);
const ringBytes = z
  .int()
  .min(1024)
  .max(268_435_456)
  .refine((value) => (value & (value - 1)) === 0, 'must be a power of two');

/** The settings of the event-driven engine, in the order of the sheet. */
export const eventSettings = defineSettings('event', {
  parallelism: {
    type: z.int().min(1).max(64),
    default: 2,
    meaning: 'Slots: worker threads, each with its share of the input partitions and of the keys.',
  },
  maxParallelism: {
    type: z.int().min(1).max(32_768),
    default: 128,
    meaning: 'Key groups: the unit in which keyed state moves between slots. Part of every snapshot.',
  },
  stateBackend: {
    type: z.enum(['heap', 'rocksdb']),
    default: 'heap',
    meaning: 'Where keyed state lives.',
  },
  stateCacheEntries: {
    type: z.int().min(1).max(100_000_000),
    default: 1_000_000,
    meaning:
      'Entries of each slot that the write-back cache before RocksDB keeps, of some 200 bytes each with a small value. No part in heap state.',
  },
  ...checkpointSettings,
  checkpointTimeoutMs: {
    type: z.int().min(100).max(3_600_000),
    default: 600_000,
    meaning: "Time after which a checkpoint that is not complete has failed. Flink's default.",
  },
  alignedCheckpointTimeoutMs: {
    type: z.int().min(0).max(3_600_000),
    default: 0,
    meaning:
      'Time after which the barriers of a checkpoint overtake what waits in the channels, which becomes part of it; 0: never, the default of Flink.',
  },
  tolerableFailedCheckpoints: {
    type: z.int().min(0).max(1_000_000),
    default: 0,
    meaning:
      "Checkpoints that may fail one after the other before the job restarts from the last complete one. Flink's default.",
  },
  incrementalCheckpoints: {
    type: z.boolean(),
    default: false,
    meaning:
      'Whether checkpoints write what changed since the one before, with a full snapshot now and then. Off as in Flink: it pays where a small part of a large state changes.',
  },
  retainedCheckpoints: {
    type: z.int().min(2).max(100),
    default: 3,
    meaning: 'Complete checkpoints that are kept.',
  },
  bufferTimeoutMs: {
    type: milliseconds,
    default: 1,
    meaning: 'Longest wait of a record for its frame to fill while its source has more input at hand.',
  },
  ringBytes: {
    type: ringBytes,
    default: 262_144,
    meaning: 'Capacity of the shared-memory ring of each channel. What it holds stands before a barrier.',
  },
  outputRingBytes: {
    type: ringBytes,
    default: 2_097_152,
    meaning:
      'exactly-once: outputs of each slot that may wait while the checkpoint before them becomes durable. Beyond that the slot waits too.',
  },
  ...kafkaClientSettings,
  producerPendingBytes: {
    type: bytes,
    default: 8_388_608,
    meaning: 'Outputs that may be unacknowledged before a producer holds its operator back.',
  },
  fetchIntervalMs: {
    type: milliseconds,
    default: 5,
    meaning:
      'Pause before the next fetch while fetches bring less than 512 records. Each fetch costs the broker and the engine the same however little it brings.',
  },
  ...transactionSettings,
});

export type EventSettings = ReturnType<typeof eventSettings.parse>;
