import { expect, test } from 'vitest';
import { type ProbeFigures, probeFigures } from './probe-figures.ts';
import { reasonsAgainst } from './sustainability.ts';

const SLO = { percentile: 99, limitMs: 500 };
const SUSTAINABLE: ProbeFigures = {
  ratePerSecond: 10_000,
  samples: 60_000,
  lateSamples: 600,
  lagSlopePerSecond: 100,
  drainMs: 5_000,
};

test('at its three limits a rate is sustainable', () => {
  expect(reasonsAgainst(SUSTAINABLE, SLO)).toEqual([]);
  expect(reasonsAgainst({ ...SUSTAINABLE, lagSlopePerSecond: null }, SLO)).toEqual([]);
  expect(reasonsAgainst({ ...SUSTAINABLE, lagSlopePerSecond: -5_000 }, SLO)).toEqual([]);
});

test.each([
  [{ lateSamples: 601 }, ['601 of 60000 inputs took over 500 ms, 600 may']],
  [{ lateSamples: 60_000 }, ['60000 of 60000 inputs took over 500 ms, 600 may']],
  [{ lagSlopePerSecond: 131 }, ['the lag grew by 131 records/s, 100 may']],
  [{ drainMs: 5_600 }, ['the end took 5600 ms to drain, 5000 ms it may']],
])('beyond one of them it is not: %j', (change, reasons) => {
  expect(reasonsAgainst({ ...SUSTAINABLE, ...change }, SLO)).toEqual(reasons);
});

test('a percentile is kept when no more than the rest of the inputs is late', () => {
  const p50 = { percentile: 50, limitMs: 20 };
  expect(reasonsAgainst({ ...SUSTAINABLE, lateSamples: 30_000 }, p50)).toEqual([]);
  expect(reasonsAgainst({ ...SUSTAINABLE, lateSamples: 30_001 }, p50)).toHaveLength(1);
  const p999 = { percentile: 99.9, limitMs: 2_000 };
  expect(reasonsAgainst({ ...SUSTAINABLE, lateSamples: 60 }, p999)).toEqual([]);
  expect(reasonsAgainst({ ...SUSTAINABLE, lateSamples: 61 }, p999)).toHaveLength(1);
});

test('a probe is measured between warm-up and the end of its schedule, and drained after it', () => {
  const dueMs = [0, 1_000, 3_000, 4_000, 5_999, 6_000];
  const seenMs = [900, 1_700, 3_501, 4_500, 8_000, 6_001];
  const samples = {
    count: dueMs.length,
    startedMs: (index: number) => dueMs[index] as number,
    dueMs: (index: number) => dueMs[index] as number,
    seenMs: (index: number) => seenMs[index] as number,
  };
  const stretch = { ratePerSecond: 1, fromMs: 3_000, toMs: 6_000, binMs: 1_000, limitMs: 500 };
  expect(probeFigures(samples, stretch)).toMatchObject({ samples: 3, lateSamples: 2, drainMs: 2_000 });
  const sentLate = { ...samples, startedMs: (index: number) => (dueMs[index] as number) + 1_900 };
  expect(probeFigures(sentLate, stretch)).toMatchObject({ samples: 3, lateSamples: 0, drainMs: 100 });
});
