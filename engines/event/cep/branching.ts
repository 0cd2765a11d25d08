import type { Row } from '../../pipeline/index.ts';
import type { State, Transition } from './automaton.ts';
import type { MatchContext } from './match-context.ts';

/** The transitions that an event allows from a state, over proceed edges, and how the match's version branches there. */
export interface Branching {
  readonly transitions: readonly Transition[];
  readonly takes: number;
  /** Without staying in the same state. */
  readonly ignores: number;
}

/** All of them are needed before the first is made, since versions depend on their number (createDecisionGraph in flink-cep's NFA). */
export function branchingAt(state: State, row: Row, context: MatchContext): Branching {
  const transitions: Transition[] = [];
  let takes = 0;
  let ignores = 0;
  const open = [state];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const transition of current.transitions) {
      if (transition.condition !== undefined && !transition.condition(row, context)) continue;
      if (transition.action === 'proceed') {
        open.push(transition.target);
        continue;
      }
      if (transition.action === 'take') takes += 1;
      else if (transition.target !== state) ignores += 1;
      transitions.push(transition);
    }
  }
  return { transitions, takes, ignores };
}

/** By how much the version of what stays where it is grows. */
export function selfIncrease({ takes, ignores }: Branching): number {
  return takes === 0 && ignores === 0 ? 0 : ignores + Math.max(1, takes);
}

/** The final state, if the event completes the match from this state over proceed edges alone. */
export function finalStateAfter(state: State, row: Row, context: MatchContext): State | undefined {
  const open = [state];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const { action, target, condition } of current.transitions) {
      if (action !== 'proceed' || (condition !== undefined && !condition(row, context))) continue;
      if (target.kind === 'final') return target;
      open.push(target);
    }
  }
  return undefined;
}
