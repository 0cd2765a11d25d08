import type { Experiment } from '../experiment.ts';

/** The intervals, milliseconds. Each kill needs an interval of calm before the next: with 30 s, three of them take four minutes. */
const EMBEDDED_MS = [100, 500, 1_000, 5_000, 10_000];
const REAL_MS = [100, 10_000];

function profiles(engine: 'event' | 'flink', intervalsMs: readonly number[]) {
  return Object.fromEntries(
    intervalsMs.map((checkpointIntervalMs) => [
      `checkpoint-${checkpointIntervalMs}`,
      { [engine]: { checkpointIntervalMs } },
    ]),
  );
}

const SHARED = {
  workloads: ['merchant-spend'],
  measures: ['recovery'],
  vary: ['checkpointIntervalMs'],
  repeats: 1,
  floors: false,
};

/** SIGKILLs of an event-driven engine by the interval of its checkpoints. */
export const CHECKPOINT_INTERVALS: Experiment = {
  name: 'checkpoint-intervals',
  title: 'recoveries by the interval of checkpoints',
  embedded: {
    ...SHARED,
    engines: ['event'],
    profiles: profiles('event', EMBEDDED_MS),
    rates: [10_000],
    kills: 3,
    killGapSeconds: 25,
  },
  real: {
    ...SHARED,
    engines: ['flink'],
    profiles: profiles('flink', REAL_MS),
    rates: [5_000],
    kills: 2,
  },
};
