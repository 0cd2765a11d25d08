import type { Guarantee, PipelineProgress } from '../../engines/pipeline/index.ts';
import type { Verification } from '../../reports/model/index.ts';
import type { DataflowOptions } from '../../workloads/index.ts';
import type { ObservedTally } from '../observe/index.ts';

export interface VerificationInput {
  readonly tally: ObservedTally;
  /** Outputs that covered something. */
  readonly coveringOutputs: number;
  /** Each sample must have an output of its own: a loss that a later output makes good is one all the same. */
  readonly everyChange: boolean;
  /** Results that the engine itself says it has put out; null where it does not. */
  readonly reportedResults: number | null;
  readonly expected: { readonly lateRecords: number; readonly deadLetters: number };
  readonly late: DataflowOptions['late'];
  /** After the pipeline stopped. */
  readonly progress: PipelineProgress;
  readonly guarantee: Guarantee;
  readonly kills: number;
}

/**
 * Judges a finished run: nothing wrong, nothing lost, every late record and broken record accounted for, and duplicates only where
 * at-least-once met a failure.
 */
export function verify(input: VerificationInput): Verification {
  const { tally, progress } = input;
  const lost = tally.missing.samples;
  const late = lateOf(input);
  const deadLettersSeen = input.expected.deadLetters - tally.missing.deadLetters;
  const duplicatesAllowed = input.guarantee === 'at-least-once' && input.kills > 0;
  const reasons = [...tally.reasons];
  if (lost > 0) reasons.push(`${lost} inputs led to no output`);
  const merged = tally.covered - input.coveringOutputs;
  if (input.everyChange && merged > 0) reasons.push(`${merged} changes had no output of their own`);
  const resultsSeen = tally.outputs - deadLettersSeen;
  if (input.reportedResults !== null && input.reportedResults !== resultsSeen) {
    reasons.push(`the engine reports ${input.reportedResults} results, ${resultsSeen} were seen`);
  }
  if (tally.repeats > 0 && !duplicatesAllowed) reasons.push(`${tally.repeats} outputs came more than once`);
  if (!late.isRight)
    reasons.push(`${input.expected.lateRecords} late records in the log, ${late.seen} reported`);
  if (deadLettersSeen !== input.expected.deadLetters) {
    reasons.push(
      `${input.expected.deadLetters} broken records in the log, ${deadLettersSeen} in the dead-letter output`,
    );
  }
  return {
    passed: tally.wrong === 0 && reasons.length === 0,
    expectedSamples: tally.covered + lost,
    coveredSamples: tally.covered,
    outputs: tally.outputs,
    lost,
    duplicates: tally.repeats,
    duplicatesAllowed,
    wrong: tally.wrong,
    reasons,
    lateRecords: {
      expected: input.expected.lateRecords,
      seen: late.seen,
      how: input.late,
      sparkCount: progress.lateRowsSparkCount,
    },
    deadLetters: { expected: input.expected.deadLetters, seen: deadLettersSeen },
  };
}

/**
 * Late records that were put out, or counted. Real Spark counts after partial aggregation only (semantics B4), several late rows of a batch as
 * one: between one and all of them is right. That all were dropped shows in the windows, each of which is checked.
 */
function lateOf({ late, progress, expected, tally }: VerificationInput): { seen: number; isRight: boolean } {
  if (late === 'count' && progress.lateRecords === null) {
    const seen = progress.lateRowsSparkCount ?? 0;
    return { seen, isRight: seen <= expected.lateRecords && seen > 0 === expected.lateRecords > 0 };
  }
  const seen =
    late === 'count' ? (progress.lateRecords ?? 0) : expected.lateRecords - tally.missing.lateRecords;
  return { seen, isRight: seen === expected.lateRecords };
}
