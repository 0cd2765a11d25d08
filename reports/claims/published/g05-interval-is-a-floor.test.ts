import { expect, test } from 'vitest';
import type { Run } from '../../model/index.ts';
import { PAIRS } from '../claim.ts';
import { cell, latencyRun, refused, syntheticEvidence, wrong } from '../testing/index.ts';
import { G5 } from './g05-interval-is-a-floor.ts';

/** A run in which this share of the inputs took less than half the interval. */
const early = (share: number): Run => latencyRun(1_000, { minMs: 200, shareAtMinimum: share, p50Ms: 700 });

const decide = (...runs: readonly Run[]) =>
  G5.decide(
    syntheticEvidence({ 'trigger-500': [cell('micro-batch', runs, { profile: 'trigger-500' })] }),
    PAIRS.embedded,
  );

test.each([
  ['no input before the interval is over', [early(0), early(0)], 'holds'],
  ['one in two hundred', [early(0.005)], 'in-part'],
  ['a fifth', [early(0.2), early(0.2)], 'not-here'],
  ['runs that were refused or wrong', [refused(early(0)), wrong(early(0))], 'not-measured'],
  ['no run', [], 'not-measured'],
] as const)('%s: %s', (_, runs, verdict) => expect(decide(...runs).verdict).toBe(verdict));

test('the share is what the histograms say', () => {
  const [figure] = decide(early(0.2), early(0.3), early(0.4)).figures;
  expect(figure?.estimate.median).toBeCloseTo(0.3, 6);
});

test('where the latencies lie stands beside, to be drawn over what was claimed', () => {
  const { figures } = decide(early(0.2), early(0.2), early(0.2));
  const inMs = figures.filter(({ unit }) => unit === 'ms');
  expect(inMs.map(({ label }) => label.split(',')[0])).toEqual(['minimum', 'p50', 'p99']);
  expect(inMs[0]?.estimate.median).toBeLessThan(500);
  expect(inMs[1]?.estimate.median).toBeGreaterThan(500);
});
