import type { Experiment } from '../experiment.ts';

/** The latency of a micro-batch engine whose trigger fires every 500 ms. */
export const TRIGGER_500: Experiment = {
  name: 'trigger-500',
  title: 'a trigger of 500 ms at 1,000 events/s',
  embedded: {
    workloads: ['merchant-spend'],
    engines: ['micro-batch'],
    profiles: { 'trigger-500': { 'micro-batch': { triggerIntervalMs: 500 } } },
    rates: [1_000],
    measures: ['latency'],
    repeats: 3,
    durationSeconds: 10,
    floors: false,
  },
  real: {
    workloads: ['merchant-spend'],
    engines: ['spark'],
    profiles: { 'trigger-500': { spark: { triggerIntervalMs: 500 } } },
    rates: [1_000],
    measures: ['latency'],
    repeats: 1,
    durationSeconds: 10,
    floors: false,
  },
};
