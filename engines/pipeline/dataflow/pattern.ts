import type { Row, Schema } from './nodes.ts';
import type { LatePolicy } from './window.ts';

/** How a stage follows the one before (Flink CEP): strictly next, next that matches, any that matches, or not at all. */
export type Contiguity = 'begin' | 'next' | 'followedBy' | 'followedByAny' | 'notNext' | 'notFollowedBy';

/** How often a stage's event comes. `max` undefined: without limit. */
export interface Quantifier {
  readonly min: number;
  readonly max: number | undefined;
  readonly optional: boolean;
  /** Takes as many as there are. */
  readonly greedy: boolean;
  /** Between the events of the stage: any event in between ends it (`consecutive`), others are skipped (`relaxed`), or every combination counts (`combinations`). */
  readonly inner: 'relaxed' | 'consecutive' | 'combinations';
  /** A loop ends, without this event, as soon as one fulfils the condition. */
  readonly until: PatternCondition | undefined;
}

/** What an iterative condition may look at. */
export interface PatternConditionContext {
  /** Events of the partial match that the stage has taken, in order. */
  eventsOf(stage: string): readonly Row[];
  readonly timestampMs: number;
}

export type PatternCondition = (row: Row, context: PatternConditionContext) => boolean;

export interface PatternStage {
  readonly name: string;
  readonly contiguity: Contiguity;
  readonly condition: PatternCondition;
  readonly quantifier: Quantifier;
}

/** What happens to other partial matches once a match is complete (Flink's AfterMatchSkipStrategy; these do not throw on a miss). */
export type AfterMatchSkip =
  | { readonly kind: 'noSkip' }
  | { readonly kind: 'skipToNext' }
  | { readonly kind: 'skipPastLastEvent' }
  | { readonly kind: 'skipToFirst'; readonly stage: string }
  | { readonly kind: 'skipToLast'; readonly stage: string };

/** A pattern as plain data, but for the conditions. */
export interface PatternSpecification {
  readonly stages: readonly PatternStage[];
  /** The whole match, or each event and the one before it, must lie within this time: strictly less than it apart. */
  readonly within: { readonly timeMs: number; readonly between: 'firstAndLast' | 'neighbours' } | undefined;
  readonly skip: AfterMatchSkip;
}

/** Events of a match by stage; a stage without events is absent. */
export type PatternMatch = Readonly<Record<string, readonly Row[]>>;

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
    readonly select: (key: string | number, partial: PatternMatch, timeMs: number) => Row;
    readonly outputSchema: Schema;
  };
  /** Rows behind the watermark. */
  readonly late: LatePolicy;
}
