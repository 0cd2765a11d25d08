import { expect, test } from 'vitest';
import type { Result } from '../model/index.ts';
import { fixtureResult, refusedResult } from '../testing/index.ts';
import { groupsOf } from './group.ts';
import { summaryOf } from './summary.ts';
import { placedVerdicts } from './verdict.ts';

const result = fixtureResult();

function drainSentences(of: Result): readonly string[] {
  return groupsOf(of)
    .slice(0, 1)
    .flatMap(placedVerdicts)
    .filter((verdict) => verdict.metric === 'drain-rate')
    .map((verdict) => `${verdict.sentence} (${verdict.figures})`);
}

/** The result with the drain rates of its first two cells set. */
function withDrainRates(rates: readonly [number, number]): Result {
  const cells = result.cells.map((cell, i) => ({
    ...cell,
    runs: cell.runs.map((run) =>
      run.kind === 'drain' && run.figures !== null && i < 2
        ? { ...run, figures: { ...run.figures, eventsPerSecond: rates[i] ?? 0 } }
        : run,
    ),
  }));
  return { ...result, cells };
}

test.each([
  [[100_000, 104_000], 'no difference above 5 % (micro-batch 104 k/s, event-driven 100 k/s)'],
  [[100_000, 106_000], 'micro-batch higher by 6.00 % (micro-batch 106 k/s, event-driven 100 k/s)'],
  [[300_000, 100_000], 'event-driven higher by a factor of 3.00 (event-driven 300 k/s, micro-batch 100 k/s)'],
] as const)('drain rates %j', (rates, sentence) => {
  expect(drainSentences(withDrainRates(rates))).toEqual([sentence]);
});

test('a refused run takes part in no comparison', () => {
  expect(drainSentences(refusedResult())).toHaveLength(1);
  expect(drainSentences(refusedResult())[0]).toMatch(
    /^nothing to compare \(event-driven 123 k\/s, micro-batch .* refused: see its note\)$/s,
  );
});

test('p50 stands in where a p99 has too few samples', () => {
  const regional = groupsOf(result).find((group) => group.workload === 'regional-revenue');
  const verdicts = regional === undefined ? [] : placedVerdicts(regional);
  expect(verdicts[0]).toMatchObject({ metric: 'latency-p50', outcome: { kind: 'leader' } });
});

test('the summary counts cells over guarantees, and what passed', () => {
  expect(summaryOf(result)).toMatchObject({ verdict: '6 cells, 24 runs: all oracles passed', passed: true });
  const refused = summaryOf(refusedResult());
  expect(refused.verdict).toBe(
    '2 cells, 6 runs: 5 oracles passed, 1 failed; 2 runs without figures (RUN_ACKED_NOT_STORED 1)',
  );
  expect(refused.passed).toBe(false);
  expect(refused.limits.slice(0, 2)).toEqual([
    'No broker: these figures are not comparable with Kafka runs.',
    'The benchmark was interrupted: what is here is complete, the rest was not run.',
  ]);
});
