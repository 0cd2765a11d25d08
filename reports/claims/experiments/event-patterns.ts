import type { Experiment } from '../experiment.ts';

/**
 * Five failures within 30 s and a burst of payments, as patterns of events. Paths of workloads start where the command runs: at the top of the
 * repository. This project has no job for them on the real Flink, and no other engine has patterns.
 */
export const EVENT_PATTERNS: Experiment = {
  name: 'event-patterns',
  title: 'five failed logins and bursts of payments, as patterns',
  embedded: {
    workloads: ['./workloads/examples/login-pattern', './workloads/examples/velocity-burst'],
    engines: ['event'],
    measures: ['latency'],
    repeats: 1,
    warmupSeconds: 3,
    warmupLimitSeconds: 9,
    durationSeconds: 8,
    floors: false,
  },
  real: null,
};
