import type { Experiment } from '../experiment.ts';

const SHARED = {
  workloads: ['merchant-spend'],
  guarantees: ['exactly-once'],
  rates: [5_000],
  measures: ['recovery'],
  repeats: 1,
  floors: false,
};

/** SIGKILLs under exactly-once. The real Spark has no such guarantee with Kafka; what it repeats is in `recovery-by-state`. */
export const EXACTLY_ONCE_KILLS: Experiment = {
  name: 'exactly-once-kills',
  title: 'SIGKILLs under exactly-once',
  embedded: { ...SHARED, kills: 4 },
  real: { ...SHARED, engines: ['flink'], kills: 2 },
};
