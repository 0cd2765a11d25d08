import { z } from 'zod';
import {
  checkpointSettings,
  defineSettings,
  kafkaClientSettings,
  milliseconds,
  transactionSettings,
} from '../../pipeline/settings/index.ts';

const interval = z.int().min(10).max(3_600_000);

/**
 * The settings of the real Flink, in the order of the sheet. Defaults are Flink's own but where `systemDefault` tells it: what Kafka's clients
 * and checkpoints have in common with the other engines is theirs (docs/decisions/012-real-engines.md).
 */
export const flinkSettings = defineSettings('flink', {
  parallelism: {
    type: z.int().min(1).max(64),
    default: 2,
    systemDefault: '1',
    meaning: 'Subtasks of each operator, and slots of the TaskManager.',
  },
  stateBackend: {
    type: z.enum(['heap', 'rocksdb']),
    default: 'heap',
    meaning: 'Where keyed state lives: state.backend.type hashmap or rocksdb.',
  },
  checkpointIntervalMs: {
    ...checkpointSettings.checkpointIntervalMs,
    systemDefault: 'none',
    meaning: 'execution.checkpointing.interval. Without checkpoints Flink recovers nothing.',
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
  ...kafkaClientSettings,
  transactionTimeoutMs: { ...transactionSettings.transactionTimeoutMs, systemDefault: '3600000' },
});

export type FlinkSettings = ReturnType<typeof flinkSettings.parse>;
