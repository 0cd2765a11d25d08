import type { Experiment } from '../experiment.ts';
import { EMBEDDED_LATENCY, REAL_LATENCY } from './latency-lengths.ts';

const SHARED = {
  workloads: ['merchant-spend'],
  profiles: { 'tuned-latency': 'builtin' },
  // At the lowest rate 100 due instants a second leave both models idle nearly all of the time.
  rates: [100, 10_000],
  measures: ['latency'],
  durationSeconds: 8,
};

/** The latency of both models tuned for it. */
export const TUNED_LATENCY: Experiment = {
  name: 'tuned-latency',
  title: 'latency of the profile tuned-latency, nearly idle and at 10,000 events/s',
  embedded: { ...SHARED, ...EMBEDDED_LATENCY },
  real: { ...SHARED, ...REAL_LATENCY },
};
