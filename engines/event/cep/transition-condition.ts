import type { TransitionCondition } from './automaton.ts';

/** Both, the left one asked first. */
export function both(left: TransitionCondition, right: TransitionCondition): TransitionCondition {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return (row, context) => left(row, context) && right(row, context);
}

export function not(condition: TransitionCondition): TransitionCondition {
  return condition === undefined ? () => false : (row, context) => !condition(row, context);
}
