import { z } from 'zod';

/** A duration that may be none at all: up to an hour. */
export const milliseconds = z.int().min(0).max(3_600_000);

/**
 * Settings of Kafka's clients: the same on every engine, or the patience of a client would be measured as the engine's. The defaults are those
 * of Kafka's Java client 4.x (docs/decisions/012-real-engines.md names where an engine's own client has others).
 */
export const kafkaClientSettings = {
  acks: {
    type: z.union([z.literal(-1), z.literal(1), z.literal(0)]),
    default: -1,
    meaning: 'Acknowledgement asked for by the producers of at-least-once; exactly-once always asks for all.',
  },
  lingerMs: { type: milliseconds, default: 5, meaning: 'How long an output may wait for company.' },
  maxInFlight: {
    type: z.int().min(1).max(5),
    default: 5,
    meaning: 'Unanswered produce requests of a producer.',
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
} as const;

/**
 * What the profile tuned-throughput of every engine sets of them. tuned-latency sets none: without a linger the many small requests cost more
 * latency than the wait (docs/decisions/012-real-engines.md).
 */
export const throughputClientSettings = { lingerMs: 20, fetchMaxBytes: 4_194_304 } as const;

/** Of engines with exactly-once. */
export const transactionSettings = {
  transactionTimeoutMs: {
    type: z.int().min(1000).max(900_000),
    default: 60_000,
    meaning:
      'Age at which the broker aborts a transaction that nobody ended; above the checkpoint interval, or the time of a batch.',
  },
} as const;

/** Of engines with checkpoints. */
export const checkpointSettings = {
  checkpointIntervalMs: {
    type: z.int().min(10).max(3_600_000),
    default: 1000,
    meaning: 'Time from the start of a checkpoint to the start of the next.',
  },
} as const;

/** Of engines that run in batches. */
export const triggerSettings = {
  triggerIntervalMs: {
    type: milliseconds,
    default: 500,
    meaning: 'Batches start on the grid of this interval; 0 runs them back to back.',
  },
} as const;
