import type { Experiment } from '../experiment.ts';

/**
 * SIGKILLs of engines with about half a million keys, of a million that the log draws from: the state has to be filled before the first kill,
 * at a rate that the smaller states have too. The real systems recover for so long that this would take half an hour.
 */
export const RECOVERY_LARGE_STATE: Experiment = {
  name: 'recovery-large-state',
  title: 'recoveries with half a million keys',
  embedded: {
    workloads: [{ workload: 'merchant-spend', log: { keys: 1_000_000, skew: 0 } }],
    rates: [10_000],
    measures: ['recovery'],
    repeats: 1,
    warmupSeconds: 45,
    kills: 4,
    killGapSeconds: 25,
    floors: false,
  },
  real: null,
};
