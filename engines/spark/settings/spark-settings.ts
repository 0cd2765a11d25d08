import { z } from 'zod';
import { defineSettings, kafkaClientSettings, triggerSettings } from '../../pipeline/settings/index.ts';

/**
 * Spark 4.2 refuses aggregates, shuffles and state stores in its real-time mode (STREAMING_REAL_TIME_MODE.OPERATOR_OR_SINK_NOT_IN_ALLOWLIST),
 * and each workload has one of them.
 */
const NO_REAL_TIME_MODE =
  "it is a whole number of milliseconds; Spark's real-time mode, a trigger of another kind, runs stateless queries only (as of 4.2), and every workload aggregates or keeps state";

/**
 * The settings of the real Spark, in the order of the sheet. Defaults are Spark's own but where `systemDefault` tells it: what Kafka's
 * clients and triggers have in common with the other engines is theirs, and Spark's 200 state partitions are meant for a cluster
 * (docs/decisions/012-real-engines.md).
 */
export const sparkSettings = defineSettings('spark', {
  triggerIntervalMs: {
    ...triggerSettings.triggerIntervalMs,
    type: z.int({ error: NO_REAL_TIME_MODE }).min(0).max(3_600_000),
    systemDefault: '0',
  },
  maxRecordsPerBatch: {
    type: z.int().min(0).max(100_000_000),
    default: 0,
    meaning: 'Records of a batch over all partitions (maxOffsetsPerTrigger); 0 is unlimited.',
  },
  statePartitions: {
    type: z.int().min(1).max(1024),
    default: 2,
    systemDefault: '200',
    meaning: 'spark.sql.shuffle.partitions: tasks of a stage behind a shuffle, and partitions of the state.',
  },
  cores: {
    type: z.int().min(1).max(64),
    default: 2,
    systemDefault: 'all',
    meaning: 'Threads for tasks: local[N]; spark.cores.max on an existing cluster.',
  },
  stateStore: {
    type: z.enum(['memory', 'rocksdb']),
    default: 'memory',
    meaning: 'Where keyed state lives: HDFSBackedStateStoreProvider or RocksDBStateStoreProvider.',
  },
  statefulOperator: {
    type: z.enum(['flatMapGroupsWithState', 'transformWithState']),
    default: 'flatMapGroupsWithState',
    meaning: 'What the login tracker is written with; transformWithState needs stateStore rocksdb.',
  },
  ...kafkaClientSettings,
  // Spark brings Kafka's client 3.9; the default of 5 ms came with 4.0 (KIP-1030).
  lingerMs: { ...kafkaClientSettings.lingerMs, systemDefault: '0' },
  maxPollRecords: {
    type: z.int().min(1).max(1_000_000),
    default: 500,
    meaning: "Records of a poll. Spark's source asks the broker for the partition's ends at each.",
  },
  classArchive: {
    type: z.boolean(),
    default: false,
    meaning:
      "Whether the driver loads its classes from an archive of the JVM's (class-data sharing), made before the first start.",
  },
  driverHost: {
    type: z.string().min(1),
    default: '127.0.0.1',
    meaning:
      "With an existing cluster: this machine's address as its executors reach it (spark.driver.host).",
  },
  checkpointRoot: {
    type: z.string().regex(/^$|^\/|^\w+:/, { error: 'it is an absolute path or a URI' }),
    default: '',
    meaning:
      "With an existing cluster: folder that driver and executors share, an absolute path or a URI; empty: the run's own folder.",
  },
});

export type SparkSettings = ReturnType<typeof sparkSettings.parse>;
