import { calmP99LimitUs } from '../measure/index.ts';
import type { SecondSummary } from '../observe/index.ts';

const SECOND_MS = 1_000;

/** Milliseconds from the start of the schedule. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Where to look for calm, milliseconds from the start of the schedule. */
export interface CalmQuestion {
  readonly baseline: Stretch;
  readonly killMs: number;
  readonly nowMs: number;
  /** Whole seconds that must be calm. */
  readonly calmSeconds: number;
}

/**
 * Whether a pipeline is as calm after a kill as it was in a stretch before, seen live: the newest whole seconds of the schedule are covered to the last sample, none
 * has a p99 above the worst second of the baseline and the tolerance, and no second after them is overdue. It decides when the next kill may come;
 * when the pipeline had caught up is found afterwards from finer slices.
 *
 * @param seconds as the observer has them by now
 */
export function isCalmAgain(seconds: readonly SecondSummary[], question: CalmQuestion): boolean {
  const { killMs, nowMs, calmSeconds } = question;
  const { fromMs, toMs } = question.baseline;
  const baseline = seconds.filter(
    ({ second }) => second * SECOND_MS >= fromMs && (second + 1) * SECOND_MS <= toMs,
  );
  const limitUs = calmP99LimitUs(Math.max(0, ...baseline.map(({ p99Us }) => p99Us ?? 0)));
  // A sample that is due now may still be on its way for as long as is calm.
  const overdueBy = Math.floor((nowMs - limitUs / 1_000) / SECOND_MS);
  const after = seconds.filter(({ second }) => second * SECOND_MS >= killMs && second < overdueBy);
  const newest = after.slice(-calmSeconds);
  return (
    newest.length === calmSeconds &&
    newest.every(({ samples, expected, p99Us }) => samples >= expected && (p99Us ?? 0) <= limitUs)
  );
}

/**
 * Whether nothing has piled up: every second of the schedule is covered to the last sample, but for those that ended so little before that the
 * next checkpoint or batch may not have come.
 */
export function isCovered(seconds: readonly SecondSummary[], nowMs: number, cycleMs: number): boolean {
  const dueBefore = nowMs - cycleMs - SECOND_MS;
  const ended = seconds.filter(({ second }) => (second + 1) * SECOND_MS <= dueBefore);
  return ended.length > 0 && ended.every(({ samples, expected }) => samples >= expected);
}
