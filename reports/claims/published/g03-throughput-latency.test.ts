import { expect, test } from 'vitest';
import type { Run } from '../../model/index.ts';
import { PAIRS } from '../claim.ts';
import { refused, sides, sustainRun, syntheticEvidence, wrong } from '../testing/index.ts';
import { G3 } from './g03-throughput-latency.ts';

const search = (p99Ms: number): Run =>
  sustainRun(100_000, { curve: { '0.2': { p99Ms: 1 }, '0.8': { p50Ms: p99Ms / 2, p99Ms } } });
const NONE_HOLDS = sustainRun(null);

const decide = (event: readonly Run[], batch: readonly Run[], profile = 'throughput-1s') =>
  G3.decide(
    syntheticEvidence({ 'sustainable-2s': sides('embedded', profile, event, batch) }),
    PAIRS.embedded,
  );

test.each([
  ['both in their ranges', [search(80)], [search(1_200)], 'holds'],
  ['an event-driven engine below its range', [search(30)], [search(1_200)], 'in-part'],
  ['micro-batches that are faster', [search(1_500)], [search(1_200)], 'not-here'],
  ['one side alone', [], [search(1_200)], 'not-measured'],
  ['a search that was refused', [refused(search(80))], [search(1_200)], 'not-measured'],
  ['a search with wrong outputs', [search(80)], [wrong(search(1_200))], 'not-measured'],
  ['a side that sustains nothing has no curve', [search(80)], [NONE_HOLDS], 'not-measured'],
] as const)('%s: %s', (_, event, batch, verdict) => {
  expect(decide(event, batch).verdict).toBe(verdict);
});

test('the rate of the figure is told, and another profile is not taken for it', () => {
  const finding = decide([search(80)], [search(1_200)]);
  expect(finding.figures[0]?.label).toBe('p99, throughput-1s, at 80.0 k/s');
  expect(decide([search(80)], [search(1_200)], 'default').verdict).toBe('not-measured');
});

test('a point of the curve that was refused carries no figure, although its search stands', () => {
  const refusedPoint = (run: Run): Run =>
    run.kind !== 'sustain' || run.figures === null
      ? run
      : {
          ...run,
          figures: {
            ...run.figures,
            curve: run.figures.curve.map((point) => ({
              ...point,
              remarks: [{ code: 'RUN_MACHINE_BUSY', message: 'Others took the CPU.', level: 'invalid' }],
            })),
          },
        };
  expect(decide([refusedPoint(search(80))], [search(1_200)]).verdict).toBe('not-measured');
});
