import type { Advice } from '../advice/index.ts';
import type { Ground } from '../evidence/index.ts';

/** Commands that measure something, and how long they take by their plan. */
export interface Measurement {
  readonly commands: readonly string[];
  /** An estimate in words: 12 min. */
  readonly about: string;
}

/**
 * What measuring the advised configurations again, at the rate asked, came to. `confirmed`: each limit is met by the fresh runs alone.
 * `withdrawn`: a limit is missed, the better end of its range included. `open`: the range of a fresh figure lies across its limit, or
 * the runs do not tell. `refused`: no run was valid.
 */
export interface Verification {
  readonly outcome: 'confirmed' | 'withdrawn' | 'open' | 'refused';
  /** The result, which is evidence from now on. */
  readonly file: string;
  /** The advice on the fresh runs alone. */
  readonly advice: Advice;
}

/** An advice with what a reader needs to check it and to act on it. */
export interface AdviceReport {
  readonly advice: Advice;
  /** On which the figures stand; null where there is no result. */
  readonly ground: Ground | null;
  /** Results of other machines, brokers or versions: figures of theirs are not held against these. */
  readonly leftOut: readonly Ground[];
  /** Files that are no results, or none that may stand beside others. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Options of `crosscurrent run`, by a configuration's id: of each that is advised. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** What would answer, or confirm, the question. */
  readonly next: Measurement | null;
  readonly verification: Verification | null;
}
