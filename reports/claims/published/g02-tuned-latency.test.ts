import { expect, test } from 'vitest';
import type { Run } from '../../model/index.ts';
import { PAIRS } from '../claim.ts';
import { cell, latencyRun, refused, sides, syntheticEvidence } from '../testing/index.ts';
import { G2 } from './g02-tuned-latency.ts';

const runs = (...p99Ms: readonly number[]): readonly Run[] =>
  p99Ms.map((value) => latencyRun(10_000, { p50Ms: value / 2, p99Ms: value }));

const decide = (event: readonly Run[], batch: readonly Run[], backToBack: readonly Run[] = []) =>
  G2.decide(
    syntheticEvidence({
      'tuned-latency': sides('embedded', 'tuned-latency', event, batch),
      'back-to-back': [cell('micro-batch', backToBack, { profile: 'back-to-back' })],
    }),
    PAIRS.embedded,
  );

test.each([
  ['both in their ranges', runs(18, 20, 22), runs(140, 150, 160), 'holds'],
  ['micro-batches faster than claimed, and still slower', runs(18, 20, 22), runs(40, 42, 44), 'in-part'],
  ['ranges that meet, one figure inside', runs(18, 20, 45), runs(20, 22, 30), 'in-part'],
  ['micro-batches that are faster', runs(60, 62, 64), runs(20, 22, 24), 'not-here'],
  ['one side alone', runs(18, 20, 22), [], 'not-measured'],
  ['a side whose runs were refused', runs(18).map(refused), runs(150), 'not-measured'],
] as const)('%s: %s', (_, event, batch, verdict) => expect(decide(event, batch).verdict).toBe(verdict));

test('batches back to back are told and decide nothing', () => {
  const finding = decide(runs(18, 20, 22), runs(140, 150, 160), runs(5, 5));
  expect(finding.verdict).toBe('holds');
  expect(finding.figures.at(-1)).toMatchObject({
    label: 'p99, back-to-back, at 10,000/s',
    estimate: { median: 5 },
    experiment: 'back-to-back',
  });
  expect(decide(runs(18), [], runs(5)).figures).toEqual([]);
});
