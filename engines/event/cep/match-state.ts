import { ComputationQueue } from './computation-queue.ts';

/**
 * All that a key's matching remembers (NFAState in flink-cep). The shared buffer hangs on the computations: what none of them leads to is
 * gone.
 */
export interface MatchState {
  /** One of them has not begun: it waits for the first event of a match. */
  partial: ComputationQueue;
  /** Matches that wait until no partial match that began earlier can complete; only with a skip strategy. */
  readonly completed: ComputationQueue;
}

/** @param startState index of the automaton's first state */
export function initialMatchState(startState: number): MatchState {
  const partial = new ComputationQueue();
  partial.add({
    state: startState,
    version: [1],
    previous: undefined,
    startEvent: undefined,
    previousTimestampMs: Number.NEGATIVE_INFINITY,
  });
  return { partial, completed: new ComputationQueue() };
}

/** Nothing has begun: as good as no state at all. */
export function isIdle({ partial, completed }: MatchState): boolean {
  return partial.size === 1 && completed.size === 0;
}
