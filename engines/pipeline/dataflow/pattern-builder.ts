import type { Row } from './nodes.ts';
import type {
  AfterMatchSkip,
  Contiguity,
  PatternCondition,
  PatternSpecification,
  PatternStage,
  PatternWithin,
  Quantifier,
} from './pattern.ts';

/**
 * Starts a pattern with its first stage. Calls that make a stage (`next`, `followedBy`, ...) are followed by those that shape it; `within` and
 * `skip` belong to the whole. Nothing is checked here: the dataflow's `sink` refuses what Flink refuses.
 *
 * @example
 * pattern<Login>('failures')
 *   .where((login) => login.outcome === 'FAILED')
 *   .times(5)
 *   .consecutive()
 *   .within(30_000)
 *   .skip({ kind: 'skipPastLastEvent' })
 */
export function pattern<R extends Row>(name: string): PatternBuilder<R> {
  return new PatternBuilder({
    stages: [stageNamed<R>(name, 'begin')],
    within: undefined,
    skip: { kind: 'noSkip' },
  });
}

/** The calls that a pattern goes on with; each gives a new builder. `specification` is what they have made. */
export class PatternBuilder<R extends Row> {
  readonly specification: PatternSpecification<R>;

  constructor(specification: PatternSpecification<R>) {
    this.specification = specification;
  }

  /** The event of this stage is the very next one. */
  next(name: string): PatternBuilder<R> {
    return this.#followed(name, 'next');
  }

  /** The next event that fits; others in between are left. */
  followedBy(name: string): PatternBuilder<R> {
    return this.#followed(name, 'followedBy');
  }

  /** Any event that fits, each a match of its own. */
  followedByAny(name: string): PatternBuilder<R> {
    return this.#followed(name, 'followedByAny');
  }

  /** The very next event must not fit. */
  notNext(name: string): PatternBuilder<R> {
    return this.#followed(name, 'notNext');
  }

  /** No event up to the next stage may fit; at the end of a pattern, none until the time of `within` has passed. */
  notFollowedBy(name: string): PatternBuilder<R> {
    return this.#followed(name, 'notFollowedBy');
  }

  /** What events the stage takes; called again, both must hold. Without it, every event. */
  where(condition: PatternCondition<R>): PatternBuilder<R> {
    const before = this.#last.condition;
    return this.#changed({
      condition:
        before === acceptAll ? condition : (row, context) => before(row, context) && condition(row, context),
    });
  }

  /** An alternative to the conditions so far. */
  or(condition: PatternCondition<R>): PatternBuilder<R> {
    const before = this.#last.condition;
    return this.#changed({
      condition:
        before === acceptAll ? condition : (row, context) => before(row, context) || condition(row, context),
    });
  }

  /** So many events, or from so many to so many; from 0 makes the stage optional. */
  times(min: number, max: number = min): PatternBuilder<R> {
    return this.#quantified({ kind: 'times', min, max });
  }

  oneOrMore(): PatternBuilder<R> {
    return this.timesOrMore(1);
  }

  timesOrMore(min: number): PatternBuilder<R> {
    return this.#quantified({ kind: 'timesOrMore', min, max: min });
  }

  optional(): PatternBuilder<R> {
    return this.#quantified({ optional: true });
  }

  greedy(): PatternBuilder<R> {
    return this.#quantified({ greedy: true });
  }

  consecutive(): PatternBuilder<R> {
    return this.#quantified({ consecutive: true });
  }

  allowCombinations(): PatternBuilder<R> {
    return this.#quantified({ allowCombinations: true });
  }

  /** Ends a loop without limit, without the event that fulfils the condition. */
  until(condition: PatternCondition<R>): PatternBuilder<R> {
    return this.#quantified({ until: condition });
  }

  /** The time that a match may take, milliseconds: see PatternWithin. */
  within(timeMs: number, between: PatternWithin['between'] = 'firstAndLast'): PatternBuilder<R> {
    return new PatternBuilder({ ...this.specification, within: { timeMs, between } });
  }

  /** What happens to other partial matches after a match; nothing if not called. */
  skip(skip: AfterMatchSkip): PatternBuilder<R> {
    return new PatternBuilder({ ...this.specification, skip });
  }

  get #last(): PatternStage<R> {
    return this.specification.stages.at(-1) as PatternStage<R>;
  }

  #followed(name: string, contiguity: Contiguity): PatternBuilder<R> {
    const stages = [...this.specification.stages, stageNamed<R>(name, contiguity)];
    return new PatternBuilder({ ...this.specification, stages });
  }

  #quantified(change: Partial<Quantifier<R>>): PatternBuilder<R> {
    return this.#changed({ quantifier: { ...this.#last.quantifier, ...change } });
  }

  #changed(change: Partial<PatternStage<R>>): PatternBuilder<R> {
    const stages = this.specification.stages.with(-1, { ...this.#last, ...change });
    return new PatternBuilder({ ...this.specification, stages });
  }
}

const acceptAll = (): boolean => true;

function stageNamed<R extends Row>(name: string, contiguity: Contiguity): PatternStage<R> {
  return {
    name,
    contiguity,
    condition: acceptAll,
    quantifier: {
      kind: 'one',
      min: 1,
      max: 1,
      optional: false,
      greedy: false,
      consecutive: false,
      allowCombinations: false,
      until: undefined,
    },
  };
}
