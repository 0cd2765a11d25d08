import { expect, test } from 'vitest';
import type { Observation } from '../observe/index.ts';
import { drainFigures } from './drain-figures.ts';

function observed(arrivalsUs: number[]): Observation {
  return {
    sampleSequences: Uint32Array.from(arrivalsUs, (_, index) => index),
    sampleArrivalsUs: Float64Array.from(arrivalsUs),
    sampleEmittedUs: null,
    sampleAppendedUs: null,
    outputNewestSequences: new Uint32Array(0),
    outputArrivalsUs: new Float64Array(0),
    tally: {
      outputs: 0,
      covered: arrivalsUs.length,
      repeats: 0,
      wrong: 0,
      reasons: [],
      missing: { samples: 0, lateRecords: 0, deadLetters: 0 },
    },
  };
}

test('the rate leaves out what came with the first output, and the cold rate counts from the order to deploy', () => {
  // 100 inputs with the first output at 1 s, 100 more at 2 s, 200 at 3 s; deployed at 0.5 s.
  const arrivals = [...Array(100).fill(1e6), ...Array(100).fill(2e6), ...Array(200).fill(3e6)] as number[];
  const figures = drainFigures(observed(arrivals), 0.5e6, 400, []);
  expect(figures.eventsPerSecond).toBe(150);
  expect(figures.coldEventsPerSecond).toBe(160);
  expect(figures.firstOutputMs).toBe(500);
  expect(figures.lastOutputMs).toBe(2_500);
});

test('inputs are taken in proportion where a sample stands for many', () => {
  const figures = drainFigures(observed([1e6, 2e6, 3e6, 5e6]), 0, 1_000, []);
  expect(figures.eventsPerSecond).toBe(187.5);
});

test('of one batch the cold rate stands: between its outputs lies its sink', () => {
  const figures = drainFigures(observed([9.9e6, 9.95e6, 10e6]), 0, 3_000, [10e6]);
  expect(figures.eventsPerSecond).toBe(300);
  expect(figures.eventsPerSecond).toBe(figures.coldEventsPerSecond);
});

test('a single arrival has no rate between first and last: the cold rate stands for it', () => {
  const figures = drainFigures(observed([2e6, 2e6]), 1e6, 500, []);
  expect(figures.eventsPerSecond).toBe(500);
});

test('the rate of the last half needs arrivals enough, and is told beside', () => {
  expect(drainFigures(observed([1e6, 2e6, 3e6, 5e6]), 0, 1_000, []).lastHalfPerSecond).toBeNull();
  const arrivals = Array.from({ length: 20 }, (_, i) => (i < 10 ? i + 1 : 10 + (i - 9) / 10) * 1e6);
  expect(drainFigures(observed(arrivals), 0, 20, []).lastHalfPerSecond).toBeCloseTo(10);
});
