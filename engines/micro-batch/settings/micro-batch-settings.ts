import { z } from 'zod';
import type { Guarantee } from '../../pipeline/index.ts';
import {
  defineSettings,
  kafkaClientSettings,
  milliseconds,
  transactionSettings,
  triggerSettings,
} from '../../pipeline/settings/index.ts';
import { asyncProgressRefused } from '../errors.ts';
import type { Trigger } from '../trigger/index.ts';

/** The settings of the micro-batch engine, in the order of the sheet. */
export const microBatchSettings = defineSettings('micro-batch', {
  trigger: {
    type: z.enum(['processing-time', 'available-now', 'once', 'low-latency']),
    default: 'processing-time',
    meaning:
      'When batches start: on the grid of triggerIntervalMs; for all that is there at the start, by the rate limit or in one batch, after which the query ends; or as soon as input comes.',
  },
  ...triggerSettings,
  targetLatencyMs: {
    type: milliseconds,
    default: 20,
    meaning:
      'low-latency: what two batches leave over of this time is given to the input to gather between them; 0 runs batches back to back.',
  },
  lingerRecords: {
    type: z.int().min(1).max(100_000_000),
    default: 10_000,
    meaning: 'low-latency: a batch starts as soon as so many records have gathered.',
  },
  maxRecordsPerBatch: {
    type: z.int().min(0).max(100_000_000),
    default: 100_000,
    meaning:
      "Records that a batch takes of a source over all partitions, shared out by lag; 0 is unlimited. Spark's maxOffsetsPerTrigger.",
  },
  minRecordsPerBatch: {
    type: z.int().min(0).max(100_000_000),
    default: 0,
    meaning:
      "processing-time: records of a source for which a batch waits, but no longer than maxTriggerDelayMs; 0 does not wait. Spark's minOffsetsPerTrigger.",
  },
  maxTriggerDelayMs: {
    type: milliseconds,
    default: 900_000,
    meaning: "Longest wait for minRecordsPerBatch since the last batch that took records. Spark's default.",
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
  tasks: {
    type: z.int().min(1).max(64),
    default: 1,
    meaning:
      'Threads that fetch, decode and run the row-wise steps, each its share of the input partitions; 1 does it in the main thread, as low-latency always does.',
  },
  watermarkPolicy: {
    type: z.enum(['min', 'max']),
    default: 'min',
    meaning:
      'Which of several watermarks counts: min loses no rows, max does not wait for the slower input. Fixed by the first batch of a state folder.',
  },
  statePartitions: {
    type: z.int().min(1).max(1024),
    default: 2,
    meaning: 'Partitions of the keyed state. Fixed by the first batch of a state folder.',
  },
  stateProvider: {
    type: z.string().regex(/^(memory|rocksdb|redis|rediss?:\/\/[^\s/@]+(\/\d+)?)$/, {
      error:
        'it is memory, rocksdb, redis or redis://host:port/database; a password stands in CROSSCURRENT_REDIS_PASSWORD, since results keep the settings',
    }),
    default: 'memory',
    meaning:
      'Where keyed state lives. redis: a redis-server of its own, from the PATH, which ends with the engine; redis://host:port/database: a server that runs, with the password of CROSSCURRENT_REDIS_PASSWORD if there is one. Fixed by the first batch of a state folder.',
  },
  stateCacheEntries: {
    type: z.int().min(1).max(100_000_000),
    default: 1_000_000,
    meaning: 'Values of each store that are kept on the heap before RocksDB. No part in other providers.',
  },
  redisCrossings: {
    type: z.enum(['pipelined', 'each-key']),
    default: 'pipelined',
    meaning:
      'Whether the keys of a batch travel to Redis together, or each waits for the one before, on reading and on writing.',
  },
  redisWaitMs: {
    type: z.int().min(0).max(3_600_000),
    default: 10_000,
    meaning: 'How long a batch waits for a Redis that does not answer before the query ends.',
  },
  snapshotInterval: {
    type: z.int().min(1).max(10_000),
    default: 10,
    meaning:
      'Batches from one snapshot of the state to the next, at least; between them only changes are written. No part in Redis.',
  },
  asyncProgressTracking: {
    type: z.boolean(),
    default: false,
    meaning:
      'Whether batches are logged beside the work, and not each: no batch waits for the disk, but a crash repeats all since the last that was logged, as one batch of another cut. Only at-least-once and without state, as in Spark.',
  },
  asyncProgressTrackingCheckpointIntervalMs: {
    type: milliseconds,
    default: 1_000,
    meaning: 'asyncProgressTracking: from one logged batch to the next, at least; 0 logs each.',
  },
  retainedBatches: {
    type: z.int().min(2).max(100_000),
    default: 20,
    meaning: 'Batches whose logs and state are kept.',
  },
  ...kafkaClientSettings,
  ...transactionSettings,
});

/** The trigger that the settings ask for. */
export function triggerOf(settings: MicroBatchSettings): Trigger {
  switch (settings.trigger) {
    case 'processing-time':
      return { kind: 'processing-time', intervalMs: settings.triggerIntervalMs };
    case 'low-latency':
      return {
        kind: 'low-latency',
        targetLatencyMs: settings.targetLatencyMs,
        lingerRecords: settings.lingerRecords,
        maxWaitMs: settings.fetchMaxWaitMs,
      };
    case 'available-now':
    case 'once':
      return { kind: settings.trigger };
  }
}

export type MicroBatchSettings = ReturnType<typeof microBatchSettings.parse>;

/**
 * Refuses what asynchronous progress tracking does not go with; a dataflow with state is refused where its plan is known.
 *
 * @throws MICRO_BATCH_ASYNC_PROGRESS
 */
export function requireAsyncProgressPossible(settings: MicroBatchSettings, guarantee: Guarantee): void {
  const { asyncProgressTracking, trigger } = settings;
  if (!asyncProgressTracking) return;
  if (guarantee === 'exactly-once') throw asyncProgressRefused('exactly-once');
  if (trigger === 'once' || trigger === 'available-now') throw asyncProgressRefused(`the trigger ${trigger}`);
}
