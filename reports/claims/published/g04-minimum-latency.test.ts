import { expect, test } from 'vitest';
import type { Run } from '../../model/index.ts';
import { PAIRS } from '../claim.ts';
import { latencyRun, refused, sides, syntheticEvidence } from '../testing/index.ts';
import { G4 } from './g04-minimum-latency.ts';

const runs = (...p50Ms: readonly number[]): readonly Run[] =>
  p50Ms.map((value) => latencyRun(100, { minMs: value / 2, p50Ms: value, p99Ms: value * 3 }));

const decide = (event: readonly Run[], batch: readonly Run[]) =>
  G4.decide(syntheticEvidence({ 'tuned-latency': sides('real', 'tuned-latency', event, batch) }), PAIRS.real);

test.each([
  ['below 10 ms and about 100 ms', runs(5, 6, 7), runs(110, 120, 130), 'holds'],
  ['below 10 ms and far below 100 ms', runs(5, 6, 7), runs(20, 22, 24), 'in-part'],
  ['above 10 ms and above 200 ms', runs(15, 16, 17), runs(300, 310, 320), 'in-part'],
  ['micro-batches that are as fast, neither inside', runs(12, 14, 16), runs(11, 13, 15), 'not-here'],
  ['a side whose runs were refused', runs(5), runs(100).map(refused), 'not-measured'],
] as const)('%s: %s', (_, event, batch, verdict) => expect(decide(event, batch).verdict).toBe(verdict));

test('the minimum is told beside the p50 that decides', () => {
  expect(decide(runs(6), runs(120)).figures.map(({ label, estimate }) => [label, estimate.median])).toEqual([
    ['p50, tuned-latency, at 100/s', 6],
    ['p50, tuned-latency, at 100/s', 120],
    ['minimum, tuned-latency, at 100/s', 3],
    ['minimum, tuned-latency, at 100/s', 60],
  ]);
});
