import { describe, expect, test } from 'vitest';
import { mergeDistributions } from '../../reports/model/index.ts';
import type { Observation } from '../observe/index.ts';
import { latencyFigures, type MeasuredSchedule } from './latency-figures.ts';

const START_US = 5_000_000;
const SAMPLES = 4_000;

/** Two records a millisecond, each sent 1 ms late; half of the run is warm-up. */
const schedule: MeasuredSchedule = {
  startUs: START_US,
  dueMs: (sequence) => sequence / 2,
  sentMs: (sequence) => sequence / 2 + 1,
  fromMs: 500,
  toMs: 2_000,
  sliceMs: 250,
};

/** Each input's latency in microseconds, by its sequence number. */
function observed(latencyUs: (sequence: number) => number, stages: boolean): Observation {
  const sampleSequences = Uint32Array.from({ length: SAMPLES }, (_, index) => (index * 1_013) % SAMPLES);
  const at = (share: number): Float64Array =>
    Float64Array.from(
      sampleSequences,
      (sequence) => START_US + schedule.dueMs(sequence) * 1_000 + share * latencyUs(sequence),
    );
  return {
    sampleSequences,
    sampleArrivalsUs: at(1),
    sampleEmittedUs: stages ? at(0.25) : null,
    sampleAppendedUs: stages ? at(0.5) : null,
    outputNewestSequences: sampleSequences,
    outputArrivalsUs: at(1),
    tally: {
      outputs: SAMPLES,
      covered: SAMPLES,
      repeats: 0,
      wrong: 0,
      reasons: [],
      missing: { samples: 0, lateRecords: 0, deadLetters: 0 },
    },
  };
}

describe('latencyFigures', () => {
  test('takes the samples due in the measured stretch, from due and from actual send', () => {
    const figures = latencyFigures(
      observed((sequence) => (sequence < 1_000 ? 900_000 : 8_000), false),
      schedule,
    );
    expect(figures.latency).toMatchObject({ count: 3_000, p50: 8_003, max: 8_003 });
    expect(figures.uncorrected).toMatchObject({ count: 3_000, p50: 7_003 });
    expect(figures.perOutput).toMatchObject({ count: 3_000, p50: 8_003 });
    expect(figures.stages).toEqual({ emitted: null, appended: null });
    expect(figures.negativeSamples).toBe(0);
  });

  test('the seconds of the measured stretch, merged, are the whole', () => {
    const { seconds, latency } = latencyFigures(
      observed((sequence) => (sequence * 7_919) % 200_000, false),
      schedule,
    );
    expect(seconds.map(({ atMs, latency: { count } }) => [atMs, count])).toEqual([
      [0, 1_000],
      [1_000, 2_000],
    ]);
    expect(mergeDistributions(seconds.map((second) => second.latency))).toEqual(latency);
  });

  test('tells the stages before visibility from the due instant on', () => {
    const { stages } = latencyFigures(
      observed(() => 8_000, true),
      schedule,
    );
    expect(stages.emitted).toMatchObject({ count: 3_000, p50: 2_000 });
    expect(stages.appended).toMatchObject({ count: 3_000, p50: 4_001 });
  });

  test('counts negative samples of the measured stretch, and drops none', () => {
    const figures = latencyFigures(
      observed((sequence) => (sequence % 100 === 0 ? -50 : 1_000), false),
      schedule,
    );
    expect(figures.negativeSamples).toBe(30);
    expect(figures.latency).toMatchObject({ count: 3_000, min: 0 });
  });

  test('slices cover warm-up too', () => {
    const { slices } = latencyFigures(
      observed(() => 8_000, false),
      schedule,
    );
    expect(slices.map(({ samples }) => samples)).toEqual(Array(8).fill(500));
  });
});
