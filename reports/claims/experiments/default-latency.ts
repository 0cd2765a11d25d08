import type { Experiment } from '../experiment.ts';

const SHARED = {
  workloads: ['merchant-spend'],
  profiles: { default: {} },
  rates: [1_000, 10_000],
  measures: ['latency'],
  durationSeconds: 8,
};

/** The latency of both models as whoever deploys them gets it. */
export const DEFAULT_LATENCY: Experiment = {
  name: 'default-latency',
  title: 'latency at default settings, 1,000 and 10,000 events/s',
  embedded: {
    ...SHARED,
    engines: ['event', 'micro-batch'],
    repeats: 3,
    warmupSeconds: 3,
    warmupLimitSeconds: 6,
  },
  real: {
    ...SHARED,
    engines: ['flink', 'spark'],
    repeats: 1,
    warmupSeconds: 20,
    warmupLimitSeconds: 40,
    floors: false,
  },
};
