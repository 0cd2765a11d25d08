import { z } from 'zod';
import { defineSettings } from '../../pipeline/settings/index.ts';

const milliseconds = z.int().min(0).max(3_600_000);

/** The settings of the micro-batch engine, in the order of the sheet. */
export const microBatchSettings = defineSettings('micro-batch', {
  triggerIntervalMs: {
    type: milliseconds,
    default: 500,
    meaning: 'Batches start on the grid of this interval; 0 runs them back to back.',
  },
  maxRecordsPerBatch: {
    type: z.int().min(0).max(100_000_000),
    default: 100_000,
    meaning: 'Records of a batch over all partitions, shared out by lag; 0 is unlimited.',
  },
  noDataBatches: {
    type: z.boolean(),
    default: true,
    meaning: 'Whether a moved watermark alone makes a batch, which closes windows and fires timers.',
  },
  idlePollMs: {
    type: z.int().min(1).max(60_000),
    default: 10,
    meaning: 'Back to back: the first wait when there was nothing to do. It doubles while that stays so.',
  },
  idlePollMaxMs: {
    type: z.int().min(1).max(60_000),
    default: 100,
    meaning: 'Back to back: the longest wait when there was nothing to do.',
  },
  statePartitions: {
    type: z.int().min(1).max(1024),
    default: 2,
    meaning: 'Partitions of the keyed state. Fixed by the first batch of a state folder.',
  },
  snapshotInterval: {
    type: z.int().min(1).max(10_000),
    default: 10,
    meaning: 'Batches from one snapshot of the state to the next; between them only changes are written.',
  },
  retainedBatches: {
    type: z.int().min(2).max(100_000),
    default: 20,
    meaning: 'Batches whose logs and state are kept.',
  },
  acks: {
    type: z.union([z.literal(-1), z.literal(1), z.literal(0)]),
    default: -1,
    meaning: 'Acknowledgement asked for by the producer of at-least-once; exactly-once always asks for all.',
  },
  lingerMs: { type: milliseconds, default: 5, meaning: 'How long an output may wait for company.' },
  maxInFlight: {
    type: z.int().min(1).max(5),
    default: 5,
    meaning: 'Unanswered produce requests of the producer.',
  },
  fetchMaxWaitMs: {
    type: milliseconds,
    default: 500,
    meaning: 'Longest wait of the broker with a fetch for which it has no record.',
  },
  fetchMaxBytes: {
    type: z.int().min(1024).max(1_073_741_824),
    default: 1_048_576,
    meaning: 'Upper bound of a fetch from one partition.',
  },
  transactionTimeoutMs: {
    type: z.int().min(1000).max(900_000),
    default: 60_000,
    meaning: 'Age at which the broker aborts a transaction that nobody ended; above the time of a batch.',
  },
});

export type MicroBatchSettings = ReturnType<typeof microBatchSettings.parse>;
