import type { Row, Schema } from './nodes.ts';
import type { LatePolicy } from './window.ts';

/** How a stage follows the one before (Flink CEP): strictly next, next that matches, any that matches, or not at all. */
export type Contiguity = 'begin' | 'next' | 'followedBy' | 'followedByAny' | 'notNext' | 'notFollowedBy';

/**
 * How often a stage's event comes. Between the events of a stage others are skipped, unless `consecutive` lets any event in between end it
 * or `allowCombinations` makes every combination count.
 */
export interface Quantifier<R extends Row = Row> {
  /** `one`: no quantifier was given, and the options of repetition do not apply. */
  readonly kind: 'one' | 'times' | 'timesOrMore';
  /** 0 is for `times` only, and makes the stage optional. */
  readonly min: number;
  /** For `times` at least `min`; `timesOrMore` has no limit, and the same as `min` here. */
  readonly max: number;
  readonly optional: boolean;
  /** Takes as many as there are. */
  readonly greedy: boolean;
  readonly consecutive: boolean;
  readonly allowCombinations: boolean;
  /** A loop without limit ends, without this event, as soon as one fulfils the condition. */
  readonly until: PatternCondition<R> | undefined;
}

/** What an iterative condition may look at. Valid during the call only. */
export interface PatternConditionContext<R extends Row = Row> {
  /** Events of the partial match that the stage has taken, in order; none for a stage that took none. */
  eventsOf(stage: string): readonly R[];
  /** Event time of the row that is judged. */
  readonly timestampMs: number;
}

/** Whether a row fits. Pure: it is asked more than once. */
export type PatternCondition<R extends Row = Row> = (row: R, context: PatternConditionContext<R>) => boolean;

export interface PatternStage<R extends Row = Row> {
  readonly name: string;
  readonly contiguity: Contiguity;
  readonly condition: PatternCondition<R>;
  readonly quantifier: Quantifier<R>;
}

/** What happens to other partial matches once a match is complete (Flink's AfterMatchSkipStrategy; these do not throw on a miss). */
export type AfterMatchSkip =
  | { readonly kind: 'noSkip' }
  | { readonly kind: 'skipToNext' }
  | { readonly kind: 'skipPastLastEvent' }
  | { readonly kind: 'skipToFirst'; readonly stage: string }
  | { readonly kind: 'skipToLast'; readonly stage: string };

/**
 * The whole match, or each event and the one that the match took before it, must lie within this time: strictly less than it apart
 * (semantics A19). 0 sets no limit.
 */
export interface PatternWithin {
  readonly timeMs: number;
  readonly between: 'firstAndLast' | 'neighbours';
}

/** A pattern as plain data, but for the conditions. */
export interface PatternSpecification<R extends Row = Row> {
  readonly stages: readonly PatternStage<R>[];
  readonly within: PatternWithin | undefined;
  readonly skip: AfterMatchSkip;
}

/** Events of a match by stage; a stage without events is absent. */
export type PatternMatch<R extends Row = Row> = Readonly<Record<string, readonly R[]>>;

/** Matches of a pattern per key, in event time: rows wait for the watermark and are taken in order of time (semantics A18). */
export interface PatternNode {
  readonly kind: 'pattern';
  readonly pattern: PatternSpecification;
  /** Makes the result row of a match. */
  readonly select: (key: string | number, match: PatternMatch) => Row;
  readonly outputSchema: Schema;
  /** Partial matches that ran out of time; dropped if left out. */
  readonly timedOut?: {
    readonly output: string;
    /** @param timeMs when the time ran out, event time */
    readonly select: (key: string | number, partial: PatternMatch, timeMs: number) => Row;
    readonly outputSchema: Schema;
  };
  /** Rows behind the watermark. */
  readonly late: LatePolicy;
}
