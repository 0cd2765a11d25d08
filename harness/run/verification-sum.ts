import type { Verification } from '../../reports/model/index.ts';

/** The judgement of several runs as one: counts add up, and it passed if each did. Null for none. */
export function sumOfVerifications(verifications: readonly Verification[]): Verification | null {
  const [first, ...rest] = verifications;
  return first === undefined ? null : rest.reduce(sumOfTwo, first);
}

function sumOfTwo(one: Verification, other: Verification): Verification {
  const sparkCounts = [one.lateRecords.sparkCount, other.lateRecords.sparkCount].filter(
    (count) => count !== null,
  );
  return {
    passed: one.passed && other.passed,
    expectedSamples: one.expectedSamples + other.expectedSamples,
    coveredSamples: one.coveredSamples + other.coveredSamples,
    outputs: one.outputs + other.outputs,
    lost: one.lost + other.lost,
    duplicates: one.duplicates + other.duplicates,
    duplicatesAllowed: one.duplicatesAllowed && other.duplicatesAllowed,
    wrong: one.wrong + other.wrong,
    reasons: [...one.reasons, ...other.reasons],
    lateRecords: {
      expected: one.lateRecords.expected + other.lateRecords.expected,
      seen: one.lateRecords.seen + other.lateRecords.seen,
      how: one.lateRecords.how,
      sparkCount: sparkCounts.length === 0 ? null : sparkCounts.reduce((total, count) => total + count, 0),
    },
    deadLetters: {
      expected: one.deadLetters.expected + other.deadLetters.expected,
      seen: one.deadLetters.seen + other.deadLetters.seen,
    },
  };
}
