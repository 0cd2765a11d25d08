import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type {
  AfterMatchSkip,
  Contiguity,
  PatternMatch,
  PatternSpecification,
  Row,
} from '../../pipeline/index.ts';
import {
  type OperatorStep,
  openHeapBackend,
  runOperatorSteps,
  runOperatorStepsRestoring,
} from '../operator-harness/index.ts';
import { PatternOperator } from './pattern-operator.ts';

/**
 * A test of Flink's, as data: `source` is its file and method in apache/flink (Apache-2.0). Conditions stand as the events that fulfil them,
 * events as their times, and `expected` holds the matches that the test asserts, each as its events.
 */
interface FlinkTest {
  readonly source: string;
  readonly stages: readonly {
    readonly name: string;
    readonly contiguity: Contiguity;
    readonly accepts: readonly number[];
    readonly kind: 'one' | 'times' | 'timesOrMore';
    readonly min: number;
    readonly max: number;
    readonly optional?: boolean;
    readonly greedy?: boolean;
    readonly consecutive?: boolean;
    readonly allowCombinations?: boolean;
    readonly until?: readonly number[];
  }[];
  readonly withinMs?: number;
  readonly skip: string;
  /** In two tests they step back, which the automaton alone does not see: there the order of the events stands in their place. */
  readonly timesMs: readonly number[];
  /** Where events of a test are equal: for each the last that equals it. */
  readonly same?: readonly number[];
  readonly expected: readonly (readonly number[])[];
}

const tests = readFileSync(new URL('./flink-nfa-tests.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as FlinkTest);

function specificationOf({ stages, withinMs, skip }: FlinkTest): PatternSpecification {
  const [kind, stage] = skip.split(':');
  return {
    stages: stages.map(({ name, contiguity, accepts, until, ...given }) => ({
      name,
      contiguity,
      condition: ({ index }) => accepts.includes(index as number),
      quantifier: {
        optional: false,
        greedy: false,
        consecutive: false,
        allowCombinations: false,
        ...given,
        until: until && (({ index }: Row) => until.includes(index as number)),
      },
    })),
    within: withinMs === undefined ? undefined : { timeMs: withinMs, between: 'firstAndLast' },
    skip: { kind, ...(stage === undefined ? {} : { stage }) } as AfterMatchSkip,
  };
}

/** As Flink's comparePatterns does: in no order, neither the matches nor the events of one. */
function sorted(matches: readonly (readonly number[])[]): string[] {
  return matches.map((match) => match.toSorted((left, right) => left - right).join(' ')).sort();
}

async function matchesOf(test: FlinkTest, run: typeof runOperatorSteps): Promise<string[]> {
  const select = (_key: string | number, match: PatternMatch): Row => ({
    events: JSON.stringify(Object.values(match).flatMap((rows) => rows.map(({ event }) => event))),
  });
  const node = { pattern: specificationOf(test), select };
  const steps = test.timesMs.map(
    (timestampMs, index): OperatorStep<undefined> => ({
      element: {
        key: 'key',
        row: { index, event: test.same?.[index] ?? index },
        timestampMs,
        raw: undefined,
      },
    }),
  );
  const emitted = await run(
    openHeapBackend,
    ({ state, output }) => new PatternOperator({ node, state, output }),
    [...steps, { watermarkMs: Math.max(...test.timesMs) }],
  );
  return sorted(
    emitted.flat().map((each) => (each.kind === 'result' ? JSON.parse(each.row.events as string) : [])),
  );
}

it.each(tests.map((test) => [test.source.replace(/.*\//, ''), test] as const))('%s', async (_, test) => {
  expect(await matchesOf(test, runOperatorSteps)).toEqual(sorted(test.expected));
});

it('every fifth of them, restored after each step', async () => {
  for (const test of tests.filter((_, index) => index % 5 === 0)) {
    expect([test.source, await matchesOf(test, runOperatorStepsRestoring)]).toEqual([
      test.source,
      sorted(test.expected),
    ]);
  }
});
