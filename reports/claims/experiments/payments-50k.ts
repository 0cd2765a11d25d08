import type { Experiment } from '../experiment.ts';

const SHARED = {
  workloads: ['merchant-spend'],
  profiles: { default: {}, 'tuned-latency': 'builtin' },
  rates: [50_000],
  measures: ['latency'],
  durationSeconds: 8,
};

/** Latency of a busy payments platform: how much is in flight before its check. */
export const PAYMENTS_50K: Experiment = {
  name: 'payments-50k',
  title: 'latency at 50,000 events/s, at default settings and tuned',
  embedded: {
    ...SHARED,
    engines: ['event', 'micro-batch'],
    repeats: 2,
    warmupSeconds: 3,
    warmupLimitSeconds: 6,
    floors: false,
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
