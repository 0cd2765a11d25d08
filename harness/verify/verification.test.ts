import { describe, expect, test } from 'vitest';
import type { PipelineProgress } from '../../engines/pipeline/index.ts';
import { type VerificationInput, verify } from './verification.ts';

const progress: PipelineProgress = {
  positions: [],
  committedPositions: [],
  watermarkMs: null,
  lateRecords: 7,
  lateRowsSparkCount: 3,
  deadLetters: 0,
  incarnations: 1,
};
const right: VerificationInput = {
  tally: {
    outputs: 100,
    covered: 100,
    repeats: 0,
    wrong: 0,
    reasons: [],
    missing: { samples: 0, lateRecords: 0, deadLetters: 0 },
  },
  coveringOutputs: 100,
  everyChange: true,
  reportedResults: null,
  expected: { lateRecords: 7, deadLetters: 2 },
  late: 'side-output',
  progress,
  guarantee: 'exactly-once',
  kills: 1,
};

test('a complete and right output passes', () => {
  expect(verify(right)).toMatchObject({
    passed: true,
    expectedSamples: 100,
    lost: 0,
    deadLetters: { expected: 2, seen: 2 },
  });
});

describe('a run fails when', () => {
  const cases: readonly [string, Partial<VerificationInput>][] = [
    [
      'an input is lost',
      { tally: { ...right.tally, covered: 99, missing: { samples: 1, lateRecords: 0, deadLetters: 0 } } },
    ],
    ['a later output covers for a lost one', { coveringOutputs: 99 }],
    ['a result that the engine reports is not there', { reportedResults: 101 }],
    ['an output is wrong', { tally: { ...right.tally, wrong: 1, reasons: ['output: wrong total'] } }],
    ['exactly-once repeats an output', { tally: { ...right.tally, repeats: 1 } }],
    [
      'at-least-once repeats an output without a failure',
      { tally: { ...right.tally, repeats: 1 }, guarantee: 'at-least-once', kills: 0 },
    ],
    [
      'a late record is missing from the side output',
      { tally: { ...right.tally, missing: { samples: 0, lateRecords: 1, deadLetters: 0 } } },
    ],
    ['the count of late records is off', { late: 'count', progress: { ...progress, lateRecords: 6 } }],
    [
      'a broken record is missing from the dead letters',
      { tally: { ...right.tally, missing: { samples: 0, lateRecords: 0, deadLetters: 1 } } },
    ],
  ];
  test.each(cases)('%s', (_, change) => {
    const verification = verify({ ...right, ...change });
    expect(verification.passed).toBe(false);
    expect(verification.reasons.length).toBeGreaterThan(0);
  });
});

describe('late rows that are counted after partial aggregation, seven late records in the log', () => {
  const sparkCounts = (lateRowsSparkCount: number | null, lateRecords = 7) =>
    verify({
      ...right,
      late: 'count',
      expected: { ...right.expected, lateRecords },
      progress: { ...progress, lateRecords: null, lateRowsSparkCount },
    });
  test.each([1, 3, 7])('%d is right', (count) => {
    expect(sparkCounts(count)).toMatchObject({ passed: true, lateRecords: { expected: 7, seen: count } });
  });
  test.each([0, 8, null])('%s is wrong', (count) => {
    const { passed, reasons } = sparkCounts(count);
    expect([passed, reasons]).toEqual([false, [`7 late records in the log, ${count ?? 0} reported`]]);
  });
  test('none is right where none is late, and one is not', () => {
    expect(sparkCounts(0, 0).passed).toBe(true);
    expect(sparkCounts(1, 0).passed).toBe(false);
  });
});

test('an engine that merges changes may cover several inputs with one output', () => {
  expect(verify({ ...right, coveringOutputs: 60, everyChange: false }).passed).toBe(true);
});

test('at-least-once may repeat outputs after a failure', () => {
  const verification = verify({
    ...right,
    guarantee: 'at-least-once',
    tally: { ...right.tally, repeats: 40 },
  });
  expect(verification).toMatchObject({ passed: true, duplicates: 40, duplicatesAllowed: true });
});
