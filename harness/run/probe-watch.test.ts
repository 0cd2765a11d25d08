import { expect, test } from 'vitest';
import type { SecondSummary } from '../observe/index.ts';
import { failedAlready, watchEndsMs } from './probe-watch.ts';

const SLO = { percentile: 99, limitMs: 500 };
const STRETCH = { fromMs: 3_000, toMs: 9_000 };

/** Seconds of 1,000 inputs each, of which so many were seen. */
const seconds = (...seen: readonly number[]): SecondSummary[] =>
  seen.map((samples, second) => ({
    second,
    expected: 1_000,
    samples,
    p50Us: null,
    p99Us: null,
    maxUs: null,
  }));

test('a queue that has waited for seconds is a failure', () => {
  const queue = seconds(1_000, 1_000, 1_000, 200, 0, 0, 0, 0);
  expect(failedAlready(queue, 7_499, STRETCH, SLO)).toBeNull();
  expect(failedAlready(queue, 7_500, STRETCH, SLO)).toBe(
    'broken off: 800 inputs had waited for over 3000 ms',
  );
});

test.each([
  ['warm-up alone is behind', seconds(0, 0, 0, 1_000, 1_000, 1_000), SLO],
  ['all is seen', seconds(1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000), SLO],
  ['no more is late than the objective allows, twice over', seconds(1_000, 1_000, 1_000, 880), SLO],
  ['a later second is complete: outputs are lost, not late', seconds(1_000, 1_000, 1_000, 0, 1_000, 0), SLO],
  [
    'the objective allows longer',
    seconds(1_000, 1_000, 1_000, 0, 0, 0, 0),
    { percentile: 99, limitMs: 10_000 },
  ],
  [
    'the objective allows so many',
    seconds(1_000, 1_000, 1_000, 0, 0, 0, 0),
    { percentile: 50, limitMs: 500 },
  ],
  ['nothing is known yet', [], SLO],
  [
    'seconds in which nothing calls for an output',
    seconds(1_000, 1_000, 1_000, 0).map((second) => ({ ...second, expected: second.samples })),
    SLO,
  ],
] as const)('%s', (_, seen, slo) => {
  expect(failedAlready(seen, 8_000, STRETCH, slo)).toBeNull();
});

test('the watch ends when the last second has had its time', () => {
  const left = seconds(1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 100);
  expect(failedAlready(left, watchEndsMs(STRETCH, SLO), STRETCH, SLO)).not.toBeNull();
});
