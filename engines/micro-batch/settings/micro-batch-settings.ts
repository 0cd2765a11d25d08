import { z } from 'zod';
import {
  defineSettings,
  kafkaClientSettings,
  transactionSettings,
  triggerSettings,
} from '../../pipeline/settings/index.ts';

/** The settings of the micro-batch engine, in the order of the sheet. */
export const microBatchSettings = defineSettings('micro-batch', {
  ...triggerSettings,
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
  ...kafkaClientSettings,
  ...transactionSettings,
});

export type MicroBatchSettings = ReturnType<typeof microBatchSettings.parse>;
