import type { PatternMatch, PatternSpecification, Row } from '../../pipeline/index.ts';
import type { Automaton, State, Transition } from './automaton.ts';
import { branchingAt, finalStateAfter, selfIncrease } from './branching.ts';
import type { BufferedEvent } from './buffered-event.ts';
import { compilePattern } from './compile-pattern.ts';
import type { Computation } from './computation.ts';
import { ComputationQueue, compareComputations } from './computation-queue.ts';
import { addStage, type DeweyNumber, increase } from './dewey-number.ts';
import { MatchContext, matchOf } from './match-context.ts';
import { initialMatchState, type MatchState } from './match-state.ts';
import { lockNode, pathsTo, putNode, releaseNode } from './shared-buffer.ts';
import { prune, skipBound } from './skip-strategy.ts';

/** Where matches go, in the order in which Flink gives them. */
export interface MatchOutput {
  match(match: PatternMatch, timestampMs: number): void;
  /** @param timeMs when its time ran out */
  timedOut(partial: PatternMatch, timeMs: number): void;
}

/**
 * Finds the matches of one pattern in the events of any number of keys, whose states it is given (NFA in flink-cep; the algorithm is that of
 * Agrawal et al., Efficient Pattern Matching over Event Streams, SIGMOD 2008).
 */
export class Matcher {
  readonly #pattern: PatternSpecification;
  readonly #automaton: Automaton;
  readonly #context: MatchContext;
  readonly #windowMs: number;
  readonly #neighbourMs: number;
  readonly #output: MatchOutput;

  constructor(pattern: PatternSpecification, output: MatchOutput) {
    const { within } = pattern;
    this.#pattern = pattern;
    this.#output = output;
    this.#automaton = compilePattern(pattern);
    this.#context = new MatchContext(this.#automaton.stageNames);
    const limitMs = within === undefined || within.timeMs === 0 ? Number.POSITIVE_INFINITY : within.timeMs;
    this.#windowMs = within?.between === 'firstAndLast' ? limitMs : Number.POSITIVE_INFINITY;
    this.#neighbourMs = within?.between === 'neighbours' ? limitMs : Number.POSITIVE_INFINITY;
  }

  initialState(): MatchState {
    return initialMatchState(this.#automaton.start.index);
  }

  /** When the first of the partial matches runs out of time; Infinity if none does. */
  nextTimeOutMs({ partial }: MatchState): number {
    const first = partial.peek();
    if (this.#neighbourMs === Number.POSITIVE_INFINITY) {
      return first === undefined ? Number.POSITIVE_INFINITY : this.#timeOutMs(first);
    }
    return Math.min(...partial.entries.map((computation) => this.#timeOutMs(computation)));
  }

  /** Gives up, or completes, what has run out of time when no event before `timestampMs` can come any more. */
  advanceTime(state: MatchState, timestampMs: number): void {
    if (state.completed.size === 0 && timestampMs < this.nextTimeOutMs(state)) return;
    const kept = new ComputationQueue();
    const pending = new ComputationQueue();
    for (const computation of state.partial.entries) {
      const timeOutMs = this.#timeOutMs(computation);
      if (timeOutMs === Number.POSITIVE_INFINITY || timestampMs < timeOutMs) {
        kept.add(computation);
      } else if (this.#stateOf(computation).kind === 'pending') {
        pending.add(computation);
      } else {
        const { previous, version } = computation;
        const path = pathsTo(previous, version)[0] ?? [];
        releaseNode(previous, version);
        this.#output.timedOut(matchOf(path, this.#automaton.stageNames), timeOutMs);
      }
    }
    this.#complete(state, kept, pending, timestampMs);
    state.partial = kept;
  }

  /**
   * Takes the next event of a key, after `advanceTime` with its time.
   *
   * @param ordinal greater than that of the last event of the same time
   */
  process(state: MatchState, row: Row, timestampMs: number, ordinal: number): void {
    const event: BufferedEvent = { row, timestampMs, ordinal, nodes: [] };
    const kept = new ComputationQueue();
    const complete = new ComputationQueue();
    for (const computation of state.partial.entries) {
      const next = this.#next(computation, event);
      const stopped = next.some((each) => this.#stateOf(each).kind === 'stop');
      for (const each of next) {
        const { kind } = this.#stateOf(each);
        if (kind === 'final') complete.add(each);
        else if (kind === 'stop') releaseNode(each.previous, each.version);
        else if (!stopped) kept.add(each);
      }
      if (stopped) this.#giveUp(next);
    }
    this.#complete(state, kept, complete, timestampMs);
    state.partial = kept;
  }

  /** Where a partial match stands after an event: nowhere, or in several places. */
  #next(computation: Computation, event: BufferedEvent): readonly Computation[] {
    const { previous, version, startEvent } = computation;
    const state = this.#stateOf(computation);
    this.#context.enter(computation, event.timestampMs);
    const branching = branchingAt(state, event.row, this.#context);
    const next: Computation[] = [];
    let takesToVisit = Math.max(0, branching.takes - 1);
    const takesToSkip = takesToVisit;
    let ignoresToVisit = branching.ignores;
    for (const transition of branching.transitions) {
      if (transition.action === 'take') {
        this.#take(computation, transition, event, increase(version, takesToVisit), next);
        takesToVisit -= 1;
      } else if (state.kind !== 'start') {
        const stays = transition.target === state;
        const after = stays
          ? increase(version, selfIncrease(branching))
          : addStage(increase(version, takesToSkip + ignoresToVisit));
        if (!stays) ignoresToVisit -= 1;
        next.push({ ...computation, state: transition.target.index, version: after });
        if (previous !== undefined) lockNode(previous, after);
      }
    }
    if (state.kind === 'start') {
      const after = increase(version, selfIncrease(branching));
      next.push({ ...computation, state: state.index, version: after });
    }
    if (startEvent !== undefined) releaseNode(previous, version);
    return next;
  }

  #take(
    { previous, startEvent }: Computation,
    { source, target }: Transition,
    event: BufferedEvent,
    version: DeweyNumber,
    next: Computation[],
  ): void {
    const node = putNode(event, source.stage, previous, version);
    const taken: Computation = {
      state: target.index,
      version: addStage(version),
      previous: node,
      startEvent: startEvent ?? event,
      previousTimestampMs: event.timestampMs,
    };
    next.push(taken);
    lockNode(node, taken.version);
    const final = finalStateAfter(target, event.row, this.#context);
    if (final === undefined) return;
    next.push({ ...taken, state: final.index });
    lockNode(node, taken.version);
  }

  /** Puts out complete matches, those that began first in front, and skips what the pattern says. */
  #complete(
    state: MatchState,
    kept: ComputationQueue,
    complete: ComputationQueue,
    timestampMs: number,
  ): void {
    for (const computation of complete.entries) state.completed.add(computation);
    const { skip } = this.#pattern;
    for (let first = state.completed.peek(); first !== undefined; first = state.completed.peek()) {
      if (skip.kind !== 'noSkip') {
        const earliest = kept.peek();
        if (earliest !== undefined && compareComputations(first, earliest) > 0) return;
      }
      state.completed.poll();
      const paths = pathsTo(first.previous, first.version);
      const bound = skipBound(skip, this.#automaton.stageNames, paths);
      if (bound !== undefined) {
        prune(kept, bound);
        prune(state.completed, bound);
      }
      releaseNode(first.previous, first.version);
      this.#output.match(matchOf(paths[0] ?? [], this.#automaton.stageNames), timestampMs);
    }
  }

  /** What came of a match that a stop state ended, but for what is complete. */
  #giveUp(next: readonly Computation[]): void {
    for (const each of next) {
      const { kind } = this.#stateOf(each);
      if (kind !== 'final' && kind !== 'stop') releaseNode(each.previous, each.version);
    }
  }

  #timeOutMs({ startEvent, previousTimestampMs }: Computation): number {
    if (startEvent === undefined) return Number.POSITIVE_INFINITY;
    return Math.min(startEvent.timestampMs + this.#windowMs, previousTimestampMs + this.#neighbourMs);
  }

  #stateOf({ state }: Computation): State {
    return this.#automaton.states[state] as State;
  }
}
