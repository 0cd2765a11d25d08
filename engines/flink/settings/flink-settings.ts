import { z } from 'zod';
import { defineSettings } from '../../pipeline/settings/index.ts';

const milliseconds = z.int().min(0).max(3_600_000);
const interval = z.int().min(10).max(3_600_000);

/**
 * The settings of the real Flink, in the order of the sheet. What is Flink's alone has Flink's default; what Kafka's clients and checkpoints
 * have in common with the other engines has theirs (docs/decisions/012-real-engines.md).
 */
export const flinkSettings = defineSettings('flink', {
  parallelism: {
    type: z.int().min(1).max(64),
    default: 2,
    meaning: 'Subtasks of each operator, and slots of the TaskManager.',
  },
  stateBackend: {
    type: z.enum(['heap', 'rocksdb']),
    default: 'heap',
    meaning: 'Where keyed state lives: state.backend.type hashmap or rocksdb.',
  },
  checkpointIntervalMs: {
    type: interval,
    default: 1000,
    meaning:
      'execution.checkpointing.interval. Flink itself takes none by default, and recovers nothing then.',
  },
  bufferTimeoutMs: {
    type: milliseconds,
    default: 100,
    meaning: 'execution.buffer-timeout.interval: longest wait of a record for its network buffer to fill.',
  },
  autoWatermarkIntervalMs: {
    type: milliseconds,
    default: 200,
    meaning: 'pipeline.auto-watermark-interval: how often a source puts out its watermark.',
  },
  objectReuse: {
    type: z.boolean(),
    default: false,
    meaning: 'pipeline.object-reuse: whether operators of a chain hand records on without a copy.',
  },
  heartbeatIntervalMs: {
    type: interval,
    default: 10_000,
    meaning: 'heartbeat.interval: a dead TaskManager is noticed at its second missed heartbeat.',
  },
  heartbeatTimeoutMs: {
    type: interval,
    default: 50_000,
    meaning: 'heartbeat.timeout: when a TaskManager that is there and silent counts as dead.',
  },
  restartStrategy: {
    type: z.enum(['exponential-delay', 'fixed-delay']),
    default: 'exponential-delay',
    meaning: 'restart-strategy.type; exponential-delay begins at 1 s.',
  },
  restartDelayMs: {
    type: milliseconds,
    default: 1000,
    meaning: 'First delay before a restart of the job.',
  },
  acks: {
    type: z.union([z.literal(-1), z.literal(1), z.literal(0)]),
    default: -1,
    meaning: 'Acknowledgement asked for by the producers of at-least-once; exactly-once always asks for all.',
  },
  lingerMs: {
    type: milliseconds,
    default: 5,
    meaning: 'How long an output may wait for company.',
  },
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
    meaning: 'Upper bound of a fetch from one partition (max.partition.fetch.bytes).',
  },
  transactionTimeoutMs: {
    type: z.int().min(1000).max(900_000),
    default: 60_000,
    meaning: 'Age at which the broker aborts a transaction that nobody ended; above the checkpoint interval.',
  },
});

export type FlinkSettings = ReturnType<typeof flinkSettings.parse>;
