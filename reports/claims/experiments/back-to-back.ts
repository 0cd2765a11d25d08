import type { Experiment } from '../experiment.ts';

/** The embedded micro-batch engine with the fastest trigger that Spark's batches have; the profile tuned-latency of the real Spark is this one. */
export const BACK_TO_BACK: Experiment = {
  name: 'back-to-back',
  title: 'batches back to back at 10,000 events/s',
  embedded: {
    workloads: ['merchant-spend'],
    engines: ['micro-batch'],
    profiles: { 'back-to-back': { 'micro-batch': { triggerIntervalMs: 0 } } },
    rates: [10_000],
    measures: ['latency'],
    repeats: 2,
    warmupSeconds: 3,
    warmupLimitSeconds: 6,
    durationSeconds: 8,
    floors: false,
  },
  real: null,
};
