import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell, DrainRun, Run } from '../../reports/model/index.ts';
import { describeNoise } from './describe-noise.ts';
import { noiseFloorsOf, spreadOf } from './noise-floor.ts';

/** A drain at a rate; null: refused. */
function drain(eventsPerSecond: number | null): Run {
  const run: DrainRun = {
    kind: 'drain',
    runId: 'run',
    log: { sha256: '', records: 0, specification: {} },
    startedAt: '2026-01-02T03:04:05.000Z',
    wallMs: 0,
    outcome: eventsPerSecond === null ? 'invalid' : 'passed',
    remarks: [],
    verification: null,
    cost: null,
    machineUse: null,
    driver: null,
    phasesMs: null,
    introspection: null,
    batches: null,
    figures: {
      events: 1,
      eventsPerSecond: eventsPerSecond ?? 1,
      lastHalfPerSecond: null,
      coldEventsPerSecond: 50,
      firstOutputMs: 0,
      lastOutputMs: 0,
      covered: [],
    },
  };
  return run;
}

const cell = (rates: readonly (number | null)[]): Cell => ({
  workload: 'merchant-spend',
  engine: 'event',
  profile: 'default',
  guarantee: 'at-least-once',
  settings: [],
  variables: {},
  runs: rates.map(drain),
});

test('successive repeats are compared, each once, second over first', () => {
  const [rate, cold] = noiseFloorsOf([cell([100, 110, 200, 100])], 1);
  expect(rate).toMatchObject({ metric: 'drain-rate', comparisons: 2, ratios: [1.1, 0.5], spread: 1 });
  expect(cold).toMatchObject({ metric: 'drain-cold-rate', ratios: [1, 1], spread: 0 });
});

test('a refused attempt belongs to the repeat after it', () => {
  expect(noiseFloorsOf([cell([100, null, 110])], 2)[0]).toMatchObject({ ratios: [1.1] });
});

test('a comparison with a repeat that was never valid is left out', () => {
  expect(noiseFloorsOf([cell([100, null, 300, 330])], 1)[0]).toMatchObject({ comparisons: 1, ratios: [1.1] });
  expect(noiseFloorsOf([cell([100, null])], 1)).toEqual([]);
  expect(noiseFloorsOf([cell([100])], 1)).toEqual([]);
});

test('of 20 comparisons the second widest is the spread', () => {
  const ratios = Array.from({ length: 20 }, (_, index) => 1 + (index + 1) / 100);
  expect(spreadOf(ratios)).toBeCloseTo(0.19);
});

test('95 % of the comparisons lie within the spread, and the order of a pair does not matter', () => {
  const ratio = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(ratio, { minLength: 1, maxLength: 60 }), (ratios) => {
      const spread = spreadOf(ratios);
      const inverted = spreadOf(ratios.map((one) => 1 / one));
      expect(inverted / spread || 1).toBeCloseTo(1, 6);
      const within = ratios.filter((one) => Math.max(one, 1 / one) - 1 <= spread).length;
      expect(within).toBeGreaterThanOrEqual(0.95 * ratios.length);
      expect(within - 1).toBeLessThan(
        0.95 * ratios.length + ratios.filter((one) => Math.max(one, 1 / one) - 1 === spread).length,
      );
    }),
  );
});

test('a line each, in words', () => {
  const text = describeNoise(noiseFloorsOf([cell([100, 110, 200, 100])], 1));
  expect(text).toMatchInlineSnapshot(`
    "Noise floor (an engine against itself; 95 % of the comparisons differ by at most the spread)
    workload        engine  guarantee      metric       comparisons  median ratio   spread
    merchant-spend  event   at-least-once  drain                  2         0.800  100.0 %
    merchant-spend  event   at-least-once  drain, cold            2         1.000    0.0 %
    "
  `);
  expect(describeNoise([])).toMatch(/^No noise floor/);
});
