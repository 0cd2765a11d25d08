import type { Experiment } from '../experiment.ts';

const SHARED = {
  // More keys than records of a batch: nearly every event is a key of its own, as in "crossings per event".
  workloads: [{ workload: 'merchant-spend', log: { keys: 100_000, skew: 0 } }],
  measures: ['drain'],
  drainEvents: 200_000,
  floors: false,
};

/** Batches back to back, ten of them: the trigger would hide what a batch costs. */
const BATCHES = { triggerIntervalMs: 0, maxRecordsPerBatch: 20_000 };

/** A backlog through a micro-batch engine that keeps its state in memory, in RocksDB, or behind a network. */
export const EXTERNAL_STATE: Experiment = {
  name: 'external-state',
  title: 'a backlog with state in memory, RocksDB and Redis',
  embedded: {
    ...SHARED,
    engines: ['micro-batch'],
    profiles: {
      memory: { 'micro-batch': { ...BATCHES, stateProvider: 'memory' } },
      rocksdb: { 'micro-batch': { ...BATCHES, stateProvider: 'rocksdb' } },
      'redis-pipelined': {
        'micro-batch': { ...BATCHES, stateProvider: 'redis', redisCrossings: 'pipelined' },
      },
      'redis-each-key': {
        'micro-batch': { ...BATCHES, stateProvider: 'redis', redisCrossings: 'each-key' },
      },
    },
    vary: ['stateProvider', 'redisCrossings'],
    repeats: 3,
  },
  real: {
    ...SHARED,
    engines: ['spark'],
    profiles: {
      memory: { spark: { ...BATCHES, stateStore: 'memory' } },
      rocksdb: { spark: { ...BATCHES, stateStore: 'rocksdb' } },
    },
    vary: ['stateStore'],
    repeats: 1,
  },
};
