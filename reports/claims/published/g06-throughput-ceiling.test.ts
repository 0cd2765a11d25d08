import { expect, test } from 'vitest';
import type { Run } from '../../model/index.ts';
import { PAIRS } from '../claim.ts';
import { drainRun, failed, refused, sides, sustainRun, syntheticEvidence } from '../testing/index.ts';
import { G6 } from './g06-throughput-ceiling.ts';

type Sides = readonly [event: readonly Run[], batch: readonly Run[]];

const drains = (...rates: readonly number[]): readonly Run[] => rates.map((rate) => drainRun(rate));
const sustains = (rate: number | null, fails: number | null = null): readonly Run[] => {
  const run = sustainRun(rate, { limitedBy: fails === null && rate !== null ? 'driver' : 'engine' });
  return [{ ...run, figures: run.figures && { ...run.figures, bracket: { holds: rate, fails } } }];
};
const SLOW = sustains(80_000, 88_000);
const FAST = sustains(160_000, 170_000);
const SLOW_DRAINS = drains(100_000, 105_000, 110_000);
const FAST_DRAINS = drains(200_000, 210_000, 220_000);

const decide = (searches: Sides, backlog: Sides) =>
  G6.decide(
    syntheticEvidence({
      'sustainable-2s': sides('embedded', 'throughput-1s', ...searches),
      'backlog-drain': sides('embedded', 'throughput-drain', ...backlog),
    }),
    PAIRS.embedded,
  );

test.each([
  ['higher in both', [SLOW, FAST], [SLOW_DRAINS, FAST_DRAINS], 'holds'],
  ['higher in one, lower in the other', [FAST, SLOW], [SLOW_DRAINS, FAST_DRAINS], 'in-part'],
  ['higher in one, ranges that meet in the other', [SLOW, SLOW], [SLOW_DRAINS, FAST_DRAINS], 'in-part'],
  ['ranges that meet in both', [SLOW, SLOW], [SLOW_DRAINS, SLOW_DRAINS], 'in-part'],
  ['lower in one, ranges that meet in the other', [FAST, SLOW], [SLOW_DRAINS, SLOW_DRAINS], 'not-here'],
  ['lower in both', [FAST, SLOW], [FAST_DRAINS, SLOW_DRAINS], 'not-here'],
  ['a side that sustains nothing', [FAST, sustains(null, 50_000)], [FAST_DRAINS, SLOW_DRAINS], 'not-here'],
  ['a side without a drain', [SLOW, FAST], [SLOW_DRAINS, []], 'not-measured'],
  ['a side whose search was refused', [SLOW.map(refused), FAST], [SLOW_DRAINS, FAST_DRAINS], 'not-measured'],
  ['drains that failed', [SLOW, FAST], [SLOW_DRAINS.map(failed), FAST_DRAINS], 'not-measured'],
] as const)('%s: %s', (_, searches, backlog, verdict) => {
  expect(decide(searches, backlog).verdict).toBe(verdict);
});

test('a rate that the driver bounds is a lower bound: what lies above it cannot be called higher', () => {
  const finding = decide([sustains(80_000), FAST], [SLOW_DRAINS, FAST_DRAINS]);
  expect(finding.verdict).toBe('in-part');
  expect(finding.because).toContain('event-driven at least 80.0 k/s; which one is higher cannot be told');
  expect(decide([SLOW, sustains(160_000)], [SLOW_DRAINS, FAST_DRAINS]).verdict).toBe('holds');
});

test('the range of one search is its bracket', () => {
  const finding = decide([SLOW, FAST], [SLOW_DRAINS, FAST_DRAINS]);
  expect(finding.figures[0]).toMatchObject({
    label: 'sustained under a p99 of 2 s',
    estimate: { median: 80_000, low: 80_000, high: 88_000, count: 1 },
  });
  expect(finding.because).toContain('event-driven 80.0 k/s (80.0 k/s to 88.0 k/s)');
});

test('a search under another objective is not taken for it', () => {
  const other = [sustainRun(80_000, { slo: { percentile: 99, limitMs: 1_000 } })];
  expect(decide([other, FAST], [SLOW_DRAINS, FAST_DRAINS]).verdict).toBe('not-measured');
});
