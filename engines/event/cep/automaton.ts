import type { PatternCondition } from '../../pipeline/index.ts';

/** `pending`: a match that is complete when its time runs out (a notFollowedBy at the end). `stop`: reaching it gives the match up. */
export type StateKind = 'start' | 'normal' | 'pending' | 'stop' | 'final';

/** What happens to the event on a transition: the match takes it, leaves it, or goes on to the target with the same event. */
export type TransitionAction = 'take' | 'ignore' | 'proceed';

/** Undefined: always. */
export type TransitionCondition = PatternCondition | undefined;

export interface Transition {
  readonly action: TransitionAction;
  readonly source: State;
  readonly target: State;
  condition: TransitionCondition;
}

/** A state of the automaton. Only the compiler changes it. */
export interface State {
  /** Its place in the automaton. */
  readonly index: number;
  /** Unique, made from the stage's name; decides what is the same stop state. */
  readonly name: string;
  /** Index of the stage whose events it takes; -1 for the final state. */
  readonly stage: number;
  kind: StateKind;
  readonly transitions: Transition[];
}

/** A compiled pattern. */
export interface Automaton {
  readonly states: readonly State[];
  readonly start: State;
  readonly stageNames: readonly string[];
}
