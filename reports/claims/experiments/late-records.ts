import type { Experiment } from '../experiment.ts';

const SHARED = {
  workloads: ['regional-revenue'],
  measures: ['latency'],
  repeats: 1,
  durationSeconds: 8,
  floors: false,
};

/** Windows over a log of which one record in a hundred is late: what becomes of them. */
export const LATE_RECORDS: Experiment = {
  name: 'late-records',
  title: 'windows with late records',
  embedded: { ...SHARED, warmupSeconds: 3, warmupLimitSeconds: 9 },
  real: { ...SHARED, engines: ['flink', 'spark'] },
};
