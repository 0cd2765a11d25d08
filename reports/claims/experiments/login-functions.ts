import type { Experiment } from '../experiment.ts';

/** Five failures in a row as a function per key with state. */
export const LOGIN_FUNCTIONS: Experiment = {
  name: 'login-functions',
  title: 'five failed logins in a row, as a function per key',
  embedded: {
    workloads: ['login-tracker'],
    measures: ['latency'],
    repeats: 1,
    warmupSeconds: 3,
    warmupLimitSeconds: 9,
    durationSeconds: 8,
    floors: false,
  },
  real: {
    workloads: ['login-tracker'],
    engines: ['flink', 'spark'],
    measures: ['latency'],
    repeats: 1,
    durationSeconds: 8,
    floors: false,
  },
};
