import type { Experiment } from '../experiment.ts';
import { EMBEDDED_LATENCY, REAL_LATENCY } from './latency-lengths.ts';

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
  embedded: { ...SHARED, ...EMBEDDED_LATENCY },
  real: { ...SHARED, ...REAL_LATENCY },
};
