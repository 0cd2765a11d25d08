import { expect, test } from 'vitest';
import type { Verification } from '../../reports/model/index.ts';
import { sumOfVerifications } from './verification-sum.ts';

const passed: Verification = {
  passed: true,
  expectedSamples: 100,
  coveredSamples: 100,
  outputs: 90,
  lost: 0,
  duplicates: 0,
  duplicatesAllowed: false,
  wrong: 0,
  reasons: [],
  lateRecords: { expected: 3, seen: 3, how: 'count', sparkCount: 2 },
  deadLetters: { expected: 1, seen: 1 },
};
const failed: Verification = {
  ...passed,
  passed: false,
  coveredSamples: 98,
  lost: 2,
  reasons: ['2 inputs led to no output'],
  lateRecords: { ...passed.lateRecords, sparkCount: null },
};

test('counts add up, and one failure fails the whole', () => {
  expect(sumOfVerifications([passed, failed, passed])).toEqual({
    passed: false,
    expectedSamples: 300,
    coveredSamples: 298,
    outputs: 270,
    lost: 2,
    duplicates: 0,
    duplicatesAllowed: false,
    wrong: 0,
    reasons: ['2 inputs led to no output'],
    lateRecords: { expected: 9, seen: 9, how: 'count', sparkCount: 4 },
    deadLetters: { expected: 3, seen: 3 },
  });
});

test('one is itself, none is nothing', () => {
  expect(sumOfVerifications([passed])).toEqual(passed);
  expect(sumOfVerifications([])).toBeNull();
});
