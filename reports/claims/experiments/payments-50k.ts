import type { Experiment } from '../experiment.ts';
import { EMBEDDED_LATENCY, REAL_LATENCY } from './latency-lengths.ts';

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
  embedded: { ...SHARED, ...EMBEDDED_LATENCY, repeats: 2, floors: false },
  real: { ...SHARED, ...REAL_LATENCY },
};
