import type { Experiment } from '../experiment.ts';

const WORKLOADS = [1_000, 100_000].map((keys) => ({ workload: 'merchant-spend', log: { keys, skew: 0 } }));

/** SIGKILLs of engines with little state and with a hundred times as many keys. */
export const RECOVERY_BY_STATE: Experiment = {
  name: 'recovery-by-state',
  title: 'recoveries with a thousand and a hundred thousand keys',
  embedded: {
    workloads: WORKLOADS,
    rates: [10_000],
    measures: ['recovery'],
    repeats: 1,
    kills: 4,
    killGapSeconds: 25,
    floors: false,
  },
  real: {
    workloads: WORKLOADS,
    engines: ['flink', 'spark'],
    rates: [5_000],
    measures: ['recovery'],
    repeats: 1,
    kills: 2,
    floors: false,
  },
};
