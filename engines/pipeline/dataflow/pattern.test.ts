import { describe, expect, expectTypeOf, it, test } from 'vitest';
import { dataflow, type PatternBuilder, pattern } from './index.ts';

const LOGIN = { user: 'utf8', outcome: 'utf8', tsMs: 'int64' } as const;
type Login = { readonly user: string; readonly outcome: string; readonly tsMs: number };

const logins = dataflow('logins')
  .source({ input: 'input', schema: LOGIN, deadLetterOutput: 'dead-letter' })
  .withWatermark({ field: 'tsMs', delayMs: 0, idleTimeoutMs: 1_000, alignmentMaxDriftMs: 1_000 })
  .keyBy('user');

const outputSchema = { user: 'utf8' } as const;
const select = (user: string | number): { user: string } => ({ user: String(user) });

const sinkOf = (looked: PatternBuilder<Login>) =>
  logins.pattern({ pattern: looked, select, outputSchema, late: { kind: 'count' } }).sink('output');

test('a pattern is plain data, but for its conditions', () => {
  const failed = ({ outcome }: Login): boolean => outcome === 'FAILED';
  const built = sinkOf(
    pattern<Login>('a')
      .where(failed)
      .times(2, 3)
      .greedy()
      .consecutive()
      .followedByAny('b')
      .within(5, 'neighbours')
      .skip({ kind: 'skipToLast', stage: 'b' }),
  );
  const one = { kind: 'one', min: 1, max: 1, optional: false, greedy: false, until: undefined };
  const plain = { ...one, consecutive: false, allowCombinations: false };
  expect(built.nodes[3]).toEqual({
    kind: 'pattern',
    pattern: {
      stages: [
        {
          name: 'a',
          contiguity: 'begin',
          condition: failed,
          quantifier: { ...plain, kind: 'times', min: 2, max: 3, greedy: true, consecutive: true },
        },
        { name: 'b', contiguity: 'followedByAny', condition: expect.any(Function), quantifier: plain },
      ],
      within: { timeMs: 5, between: 'neighbours' },
      skip: { kind: 'skipToLast', stage: 'b' },
    },
    select,
    outputSchema,
    late: { kind: 'count' },
  });
});

test('conditions are joined by and and or, in the order of the calls', () => {
  const stage = pattern<Login>('a')
    .where(({ tsMs }) => tsMs > 1)
    .where(({ tsMs }) => tsMs < 5)
    .or(({ user }) => user === 'root').specification.stages[0];
  const context = { eventsOf: () => [], timestampMs: 0 };
  const accepts = (tsMs: number, user = 'u') => stage?.condition({ user, outcome: '', tsMs }, context);
  expect([accepts(1), accepts(2), accepts(5), accepts(5, 'root')]).toEqual([false, true, false, true]);
  expect(
    pattern<Login>('any').specification.stages[0]?.condition({ user: '', outcome: '', tsMs: 0 }, context),
  ).toBe(true);
});

test('a match has the rows of the keyed stream', () => {
  logins.pattern({
    pattern: pattern<Login>('a'),
    select: (_key, match) => {
      expectTypeOf(match.a).toEqualTypeOf<readonly Login[] | undefined>();
      return { user: '' };
    },
    outputSchema,
    late: { kind: 'count' },
  });
  const untimed = dataflow('untimed')
    .source({ input: 'input', schema: LOGIN, deadLetterOutput: 'dead-letter' })
    .keyBy('user');
  expect(() =>
    // @ts-expect-error behind a watermark only
    untimed
      .pattern({ pattern: pattern<Login>('a'), select, outputSchema, late: { kind: 'count' } })
      .sink('output'),
  ).toThrow(expect.objectContaining({ code: 'PIPELINE_DATAFLOW_INVALID' }));
});

const a = pattern<Login>('a');

describe('refused, as Flink refuses it', () => {
  it.each<[string, PatternBuilder<Login>]>([
    ['two stages are named "a"', a.next('a')],
    ['every stage needs a name', a.next('')],
    ['a stage may not be named "$endState$"', a.next('$endState$')],
    ['skipToFirst names "c", which is no stage', a.skip({ kind: 'skipToFirst', stage: 'c' })],
    ['stage "a": greedy needs a repeated stage', a.greedy()],
    ['stage "a": consecutive needs a repeated stage', a.consecutive()],
    ['stage "a": allowCombinations needs a repeated stage', a.allowCombinations()],
    ['stage "a": times must be above 0', a.timesOrMore(0)],
    ['stage "a": times must not end below 1', a.times(0)],
    ['stage "a": times must not end below 3', a.times(3, 2)],
    ['stage "a": times must be whole numbers', a.times(1.5)],
    ['stage "a": times from 0 makes it optional already', a.times(0, 2).optional()],
    ['consecutive and allowCombinations exclude each other', a.oneOrMore().consecutive().allowCombinations()],
    ['stage "a": until needs a loop without limit', a.times(2).until(() => true)],
    ['stage "b": optional may not follow the greedy stage "a"', a.oneOrMore().greedy().next('b').optional()],
    ['stage "n": a stage that must not come can be neither repeated', a.notNext('n').times(2).next('b')],
    ['stage "n": it may not follow the optional stage "a"', a.times(0, 2).notFollowedBy('n').next('b')],
    ['stage "n": notFollowedBy at the end needs within', a.notFollowedBy('n').within(0)],
    ['the time of within must be a whole number of at least 0', a.within(-1)],
  ])('%s', (reason, refused) => {
    expect(() => sinkOf(refused)).toThrow(
      expect.objectContaining({
        code: 'PIPELINE_DATAFLOW_INVALID',
        details: expect.objectContaining({ reason: expect.stringContaining(reason) }),
      }),
    );
  });

  it('a pattern without a stage, or with a beginning in its middle', () => {
    for (const contiguities of [[], ['begin', 'begin'], ['next']] as const) {
      const [stage] = a.specification.stages;
      const stages = contiguities.map((contiguity, index) => ({
        ...(stage as object),
        name: `${index}`,
        contiguity,
      }));
      const specification = { ...a.specification, stages } as unknown as typeof a.specification;
      expect(() => sinkOf({ specification } as PatternBuilder<Login>)).toThrow(
        expect.objectContaining({ code: 'PIPELINE_DATAFLOW_INVALID' }),
      );
    }
  });

  it('not what Flink accepts', () => {
    for (const accepted of [
      a.times(0, 2).next('b'),
      a.times(1).greedy().next('b'),
      a.oneOrMore().greedy().next('b').times(0, 1),
      a.notFollowedBy('n').within(1),
      a.optional().next('b').optional(),
    ]) {
      expect(sinkOf(accepted).nodes).toHaveLength(5);
    }
  });
});
