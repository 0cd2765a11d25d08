import type { PatternCondition, PatternSpecification, PatternStage } from '../../pipeline/index.ts';
import type { Automaton, State, StateKind, TransitionAction, TransitionCondition } from './automaton.ts';
import { both, not } from './transition-condition.ts';

/** Makes the automaton of a valid pattern (NFACompiler in flink-cep). */
export function compilePattern(pattern: PatternSpecification): Automaton {
  return new PatternCompiler(pattern).compile();
}

interface StopCondition {
  readonly condition: PatternCondition;
  readonly stage: number;
}

class PatternCompiler {
  readonly #stages: readonly PatternStage[];
  readonly #limited: boolean;
  readonly #states: State[] = [];
  readonly #usedNames = new Set<string>();
  readonly #stopStates = new Map<number, State>();
  /** Of states that a greedy loop changed: their copies without the change, by name. */
  readonly #originals = new Map<string, State>();
  /** The stage under way. */
  #index: number;

  constructor({ stages, within }: PatternSpecification) {
    this.#stages = stages;
    this.#limited = within !== undefined && within.timeMs > 0;
    this.#index = stages.length - 1;
  }

  compile(): Automaton {
    let sink = this.#createState('$endState$', -1, 'final');
    for (; this.#index > 0; this.#index -= 1) sink = this.#convertMiddleStage(sink);
    const start = this.#convertStage(sink);
    start.kind = 'start';
    return { states: this.#states, start, stageNames: this.#stages.map(({ name }) => name) };
  }

  get #stage(): PatternStage {
    return this.#stages[this.#index] as PatternStage;
  }

  #convertMiddleStage(sink: State): State {
    const { contiguity, condition } = this.#stage;
    switch (contiguity) {
      case 'notFollowedBy': {
        // elsewhere it becomes a condition on the edges of the stages around it
        if (sink.kind !== 'final' || !this.#limited) return sink;
        const waiting = this.#createOwnState('pending');
        this.#connect(waiting, 'proceed', this.#stopState(condition, this.#index), condition);
        this.#connect(waiting, 'ignore', waiting, not(condition));
        return waiting;
      }
      case 'notNext': {
        const notNext = this.#createOwnState('normal');
        const stop = this.#stopState(condition, this.#index);
        // a proceed to the final state would complete the match without looking at an event
        this.#connect(notNext, sink.kind === 'final' ? 'ignore' : 'proceed', sink, not(condition));
        this.#connect(notNext, 'proceed', stop, condition);
        return notNext;
      }
      case 'begin':
      case 'next':
      case 'followedBy':
      case 'followedByAny':
        return this.#convertStage(sink);
    }
  }

  #convertStage(sink: State): State {
    const { quantifier, condition } = this.#stage;
    let first: State;
    switch (quantifier.kind) {
      case 'timesOrMore':
        first = this.#createTimes(this.#createLoop(this.#withoutPassedNots(sink)), sink);
        break;
      case 'times':
        first = this.#createTimes(sink, sink);
        break;
      case 'one':
        first = this.#createSingle(sink, sink, condition, this.#ignoreCondition(), quantifier.optional);
        break;
    }
    this.#addStopStates(first);
    return first;
  }

  /** The stage as often as it must come, in front of `sink`. */
  #createTimes(sink: State, proceed: State): State {
    const { quantifier, condition } = this.#stage;
    const { until, greedy } = quantifier;
    const isLoop = quantifier.kind === 'timesOrMore';
    const from = Math.max(1, quantifier.min);
    const to = isLoop ? from : quantifier.max;
    const innerIgnore = this.#untilEnds(this.#innerIgnoreCondition());
    const take = until === undefined ? condition : both(not(until), condition);
    if (greedy && from !== to) forbidBesides(sink, take);
    let first = sink;
    for (let count = from; count < to; count += 1) {
      first = this.#createSingle(first, proceed, take, innerIgnore, true);
      this.#addStopStateToLoop(first);
    }
    for (let count = 1; count < from; count += 1) {
      first = this.#createSingle(first, undefined, take, innerIgnore, false);
      this.#addStopStateToLoop(first);
    }
    return this.#createSingle(first, proceed, take, this.#ignoreCondition(), this.#isOptional(this.#index));
  }

  /** A state that takes one event. Optional, it has a twin without the way on, so that ignoring an event does not branch again. */
  #createSingle(
    sink: State,
    proceed: State | undefined,
    take: TransitionCondition,
    ignore: IgnoreCondition,
    optional: boolean,
  ): State {
    const single = this.#createOwnState('normal');
    const afterTake = this.#withoutPassedNots(sink);
    this.#connect(single, 'take', afterTake, take);
    if (optional && proceed !== undefined) this.#connectWayOn(single, proceed);
    if (ignore === 'never') return single;
    if (!optional) {
      this.#connect(single, 'ignore', single, ignore);
      return single;
    }
    const ignoring = this.#createOwnState('normal');
    this.#connect(ignoring, 'take', afterTake, take);
    this.#connect(ignoring, 'ignore', ignoring, ignore);
    this.#addStopStates(ignoring);
    this.#connect(single, 'ignore', ignoring, ignore);
    return single;
  }

  #connectWayOn(state: State, proceed: State): void {
    const { greedy, until } = this.#stage.quantifier;
    if (!greedy || until === undefined) {
      this.#connect(state, 'proceed', proceed, undefined);
      return;
    }
    this.#connect(state, 'proceed', this.#originals.get(proceed.name) ?? proceed, until);
    this.#connect(state, 'proceed', proceed, not(until));
  }

  /** A state that takes events of the stage over and over. */
  #createLoop(sink: State): State {
    const { quantifier, condition } = this.#stage;
    const { until, greedy } = quantifier;
    const ignore = this.#untilEnds(this.#innerIgnoreCondition());
    const take = until === undefined ? condition : both(not(until), condition);
    const loop = this.#createOwnState('normal');
    if (greedy && until !== undefined) {
      const original = this.#copy(sink);
      this.#connect(loop, 'proceed', original, until);
      this.#originals.set(sink.name, original);
      this.#connect(loop, 'proceed', sink, not(until));
    } else {
      this.#connect(loop, 'proceed', sink, undefined);
    }
    if (greedy) forbidBesides(sink, condition);
    this.#connect(loop, 'take', loop, take);
    this.#addStopStateToLoop(loop);
    if (ignore === 'never') return loop;
    const ignoring = this.#createOwnState('normal');
    this.#connect(ignoring, 'take', loop, take);
    this.#connect(ignoring, 'ignore', ignoring, ignore);
    this.#connect(loop, 'ignore', ignoring, ignore);
    this.#addStopStateToLoop(ignoring);
    return loop;
  }

  /** What must not come right now: the notFollowedBy stages before this one, over optional stages in between. */
  #currentNots(): readonly StopCondition[] {
    const nots: StopCondition[] = [];
    for (let before = this.#index - 1; before >= 0; before -= 1) {
      const { contiguity, condition } = this.#stages[before] as PatternStage;
      if (contiguity === 'notFollowedBy') nots.push({ condition, stage: before });
      else if (!this.#isOptional(before)) break;
    }
    return nots;
  }

  /**
   * Where an optional stage leads once it has taken an event: the nots before it are no longer valid then, so that
   * a, not b, c optional, d accepts a c b d, but not a b d.
   */
  #withoutPassedNots(sink: State): State {
    const nots = this.#currentNots();
    if (nots.length === 0 || !this.#isOptional(this.#index)) return sink;
    const passed = new Set(nots.map(({ stage }) => this.#stages[stage]?.name));
    const copy = this.#createState(sink.name, sink.stage, sink.kind);
    for (const { action, target, condition } of sink.transitions) {
      if (action !== 'proceed') {
        this.#connect(copy, action, target === sink ? copy : target, condition);
      } else if (target.kind !== 'stop') {
        this.#connect(copy, action, this.#withoutPassedNots(target), condition);
      } else if (!passed.has(target.name)) {
        this.#connect(copy, action, target, condition);
      }
    }
    return copy;
  }

  #copy(state: State): State {
    const copy = this.#createState(this.#stages[state.stage]?.name ?? state.name, state.stage, state.kind);
    for (const { action, target, condition } of state.transitions) {
      this.#connect(copy, action, target === state ? copy : target, condition);
    }
    return copy;
  }

  #addStopStates(state: State): void {
    for (const { condition, stage } of this.#currentNots()) {
      this.#connect(state, 'proceed', this.#stopState(condition, stage), condition);
    }
  }

  /** Within a loop the notFollowedBy behind it holds already. */
  #addStopStateToLoop(state: State): void {
    const following = this.#stages[this.#index + 1];
    if (following?.contiguity !== 'notFollowedBy') return;
    const { condition } = following;
    this.#connect(state, 'proceed', this.#stopState(condition, this.#index + 1), condition);
  }

  #stopState(condition: PatternCondition, stage: number): State {
    let stop = this.#stopStates.get(stage);
    if (stop === undefined) {
      stop = this.#createState((this.#stages[stage] as PatternStage).name, stage, 'stop');
      this.#connect(stop, 'take', stop, condition);
      this.#stopStates.set(stage, stop);
    }
    return stop;
  }

  #isOptional(index: number): boolean {
    const { kind, min, optional } = (this.#stages[index] as PatternStage).quantifier;
    return optional || (kind === 'times' && min === 0);
  }

  #ignoreCondition(): IgnoreCondition {
    const { contiguity, condition } = this.#stage;
    if (contiguity === 'followedByAny') return undefined;
    return contiguity === 'followedBy' ? not(condition) : 'never';
  }

  #innerIgnoreCondition(): IgnoreCondition {
    const { quantifier, condition } = this.#stage;
    if (quantifier.consecutive) return 'never';
    return quantifier.allowCombinations ? undefined : not(condition);
  }

  #untilEnds(ignore: IgnoreCondition): IgnoreCondition {
    const { until } = this.#stage.quantifier;
    return until === undefined || ignore === 'never' ? ignore : both(not(until), ignore);
  }

  #createOwnState(kind: StateKind): State {
    return this.#createState(this.#stage.name, this.#index, kind);
  }

  #createState(baseName: string, stage: number, kind: StateKind): State {
    let name = baseName;
    for (let counter = 0; this.#usedNames.has(name); counter += 1) name = `${baseName}:${counter}`;
    this.#usedNames.add(name);
    const state: State = { index: this.#states.length, name, stage, kind, transitions: [] };
    this.#states.push(state);
    return state;
  }

  #connect(source: State, action: TransitionAction, target: State, condition: TransitionCondition): void {
    source.transitions.push({ action, source, target, condition });
  }
}

/** `never`: strict contiguity has no way to leave an event. */
type IgnoreCondition = TransitionCondition | 'never';

/** Greedy: no way on from here for an event that the loop takes. */
function forbidBesides(state: State, take: TransitionCondition): void {
  for (const transition of state.transitions) transition.condition = both(transition.condition, not(take));
}
