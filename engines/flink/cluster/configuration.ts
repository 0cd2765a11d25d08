import { join } from 'node:path';
import type { FlinkSettings } from '../settings/index.ts';

export interface ClusterPlan {
  /** Of this cluster alone: configuration, checkpoints, savepoints, working files. */
  readonly folder: string;
  readonly restPort: number;
  readonly rpcPort: number;
  /** -Xmx of the TaskManager. */
  readonly heapMb: number;
  readonly settings: FlinkSettings;
}

export const FRAMEWORK_HEAP_MB = 128;
/** Network buffers and the framework's own: the TaskManager's direct memory. */
export const DIRECT_MEMORY_MB = 256;
export const METASPACE_MB = 192;

/**
 * Flink's config.yaml. All ports are on 127.0.0.1; those not named here are free ones that Flink finds. The TaskManager asks for its memory and
 * cores one by one when it is started without Flink's own scripts, which compute them.
 */
export function clusterConfiguration(plan: ClusterPlan): Readonly<Record<string, string | number>> {
  const { folder, restPort, rpcPort, heapMb, settings } = plan;
  return {
    'jobmanager.rpc.address': '127.0.0.1',
    'jobmanager.bind-host': '127.0.0.1',
    'jobmanager.rpc.port': rpcPort,
    'rest.address': '127.0.0.1',
    'rest.bind-address': '127.0.0.1',
    'rest.port': restPort,
    'rest.bind-port': restPort,
    'taskmanager.host': '127.0.0.1',
    'taskmanager.bind-host': '127.0.0.1',
    'taskmanager.numberOfTaskSlots': settings.parallelism,
    'taskmanager.cpu.cores': `${settings.parallelism}.0`,
    'taskmanager.memory.framework.heap.size': `${FRAMEWORK_HEAP_MB}m`,
    'taskmanager.memory.task.heap.size': `${heapMb - FRAMEWORK_HEAP_MB}m`,
    'taskmanager.memory.framework.off-heap.size': `${DIRECT_MEMORY_MB / 2}m`,
    'taskmanager.memory.task.off-heap.size': '0m',
    'taskmanager.memory.network.min': `${DIRECT_MEMORY_MB / 2}m`,
    'taskmanager.memory.network.max': `${DIRECT_MEMORY_MB / 2}m`,
    'taskmanager.memory.managed.size': '256m',
    'taskmanager.memory.jvm-metaspace.size': `${METASPACE_MB}m`,
    'taskmanager.memory.jvm-overhead.min': '192m',
    'taskmanager.memory.jvm-overhead.max': '192m',
    'io.tmp.dirs': join(folder, 'tmp'),
    'web.upload.dir': join(folder, 'upload'),
    'execution.checkpointing.dir': `file://${join(folder, 'checkpoints')}`,
    'heartbeat.interval': `${settings.heartbeatIntervalMs} ms`,
    'heartbeat.timeout': `${settings.heartbeatTimeoutMs} ms`,
    // What REST tells is as old as these: 3 s and 10 s by default, too old to say when a job runs.
    'web.refresh-interval': '100 ms',
    'metrics.fetcher.update-interval': '1000 ms',
    // The JobManager asks for no metrics while a TaskManager owes it an answer: a dead one does so for ten minutes by default.
    'web.timeout': '20 s',
  };
}

/** The part of the configuration that belongs to the job: given when it is submitted, so that an existing cluster runs it alike. */
export function jobConfiguration(settings: FlinkSettings): Readonly<Record<string, string>> {
  const delay = `${settings.restartDelayMs} ms`;
  const restart: Readonly<Record<string, string>> =
    settings.restartStrategy === 'fixed-delay'
      ? { 'restart-strategy.fixed-delay.attempts': '2147483647', 'restart-strategy.fixed-delay.delay': delay }
      : {
          'restart-strategy.exponential-delay.initial-backoff': delay,
          // A minute by default, and refused where it is shorter than the first.
          ...(settings.restartDelayMs > 60_000
            ? { 'restart-strategy.exponential-delay.max-backoff': delay }
            : {}),
        };
  return {
    'execution.checkpointing.interval': `${settings.checkpointIntervalMs} ms`,
    'execution.buffer-timeout.interval': `${settings.bufferTimeoutMs} ms`,
    'pipeline.auto-watermark-interval': `${settings.autoWatermarkIntervalMs} ms`,
    'pipeline.object-reuse': String(settings.objectReuse),
    'state.backend.type': settings.stateBackend === 'heap' ? 'hashmap' : 'rocksdb',
    'restart-strategy.type': settings.restartStrategy,
    ...restart,
  };
}

/** To standard output: the process's own log file. Left out is what Kafka's sink says at each checkpoint. */
export const LOGGING = `rootLogger.level=INFO
rootLogger.appenderRef.out.ref=Out
appender.out.name=Out
appender.out.type=Console
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d{ISO8601} %-5p %c{1} - %m%n
logger.kafka.name=org.apache.kafka
logger.kafka.level=WARN
logger.producer.name=org.apache.flink.connector.kafka.sink.internal
logger.producer.level=WARN
logger.metrics.name=org.apache.flink.metrics
logger.metrics.level=ERROR
`;
