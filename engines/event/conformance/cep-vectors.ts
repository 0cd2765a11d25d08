import { z } from 'zod';
import {
  type AfterMatchSkip,
  type Dataflow,
  type PatternBuilder,
  type PatternMatch,
  type PatternNode,
  pattern,
  type Row,
  type VectorOutcome,
  validateDataflow,
} from '../../pipeline/index.ts';
import { PatternOperator } from '../cep/index.ts';
import {
  type OpenBackend,
  type OperatorStep,
  openHeapBackend,
  runOperatorSteps,
  runOperatorStepsRestoring,
} from '../operator-harness/index.ts';
import { compareSteps, parseVector, vectorTimeMs } from './vector-format.ts';

const flags = {
  optional: z.boolean().optional(),
  greedy: z.boolean().optional(),
  consecutive: z.boolean().optional(),
  allowCombinations: z.boolean().optional(),
};
const quantifier = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('one'), ...flags }),
  z.strictObject({ kind: z.literal('times'), n: z.int(), ...flags }),
  z.strictObject({ kind: z.literal('timesRange'), min: z.int(), max: z.int(), ...flags }),
  z.strictObject({ kind: z.literal('oneOrMore'), ...flags }),
  z.strictObject({ kind: z.literal('timesOrMore'), n: z.int(), ...flags }),
]);
const stage = z.strictObject({
  name: z.string(),
  contiguity: z.enum(['begin', 'next', 'followedBy', 'followedByAny', 'notNext', 'notFollowedBy']),
  type: z.string(),
  quantifier,
});
const skipSchema = z.union([
  z.enum(['noSkip', 'skipToNext', 'skipPastLastEvent']).transform((kind): AfterMatchSkip => ({ kind })),
  z
    .string()
    .regex(/^skipTo(First|Last):/)
    .transform((text): AfterMatchSkip => {
      const colon = text.indexOf(':');
      return { kind: text.slice(0, colon) as 'skipToFirst' | 'skipToLast', stage: text.slice(colon + 1) };
    }),
]);
const match = z.record(z.string(), z.array(z.int()));
const schema = z.object({
  id: z.string(),
  source: z.string(),
  pattern: z.strictObject({ stages: z.array(stage), withinMs: z.int().optional(), skip: skipSchema }),
  events: z.array(z.strictObject({ id: z.int(), type: z.string(), timestampMs: z.int() })).optional(),
  finalWatermarkMs: vectorTimeMs.optional(),
  expected: z.strictObject({ matches: z.array(match), timedOut: z.array(match) }).optional(),
  refused: z.object({ exception: z.string() }).optional(),
});

type CepVector = z.output<typeof schema>;
type Stage = z.output<typeof stage>;

/** `once`: one watermark at the end, as the file has it. `restored`: one after each time as well, and a restore after each step. */
export type CepDrive = 'once' | 'restored';

/** Runs a case of flink-cep through this engine's pattern operator, and its refusals through the check of a dataflow. */
export function runCepVector(vectorCase: unknown): Promise<VectorOutcome> {
  return runCepVectorOn(openHeapBackend, vectorCase, 'once');
}

/** The same on another state backend, or with restores. */
export async function runCepVectorOn(
  open: OpenBackend,
  vectorCase: unknown,
  drive: CepDrive,
): Promise<VectorOutcome> {
  const vector = parseVector('flink-cep', schema, vectorCase);
  const node = patternNode(vector);
  const refusal = refusalOf(node);
  const isRefused = vector.refused !== undefined;
  if (isRefused || refusal !== undefined) {
    return isRefused === (refusal !== undefined)
      ? { outcome: 'passed' }
      : { outcome: 'failed', expected: vector.refused ?? 'accepted', actual: refusal ?? 'accepted' };
  }
  const run = drive === 'once' ? runOperatorSteps : runOperatorStepsRestoring;
  const emitted = (
    await run(
      open,
      ({ state, output }) => new PatternOperator({ node, state, output }),
      stepsOf(vector, drive),
    )
  ).flat();
  const actual = {
    matches: emitted.flatMap((each) => (each.kind === 'result' ? [matchIn(each.row)] : [])),
    timedOut: emitted.flatMap((each) => (each.kind === 'side' ? [matchIn(each.row)] : [])),
  };
  return compareSteps([vector.expected], [actual]);
}

function stepsOf({ events = [], finalWatermarkMs }: CepVector, drive: CepDrive): OperatorStep<undefined>[] {
  const steps: OperatorStep<undefined>[] = [];
  for (const [index, { id, type, timestampMs }] of events.entries()) {
    steps.push({ element: { key: 'key', row: { id, type }, timestampMs, raw: undefined } });
    const isLastOfItsTime = events[index + 1]?.timestampMs !== timestampMs;
    if (drive === 'restored' && isLastOfItsTime) steps.push({ watermarkMs: timestampMs });
  }
  if (finalWatermarkMs !== undefined) steps.push({ watermarkMs: finalWatermarkMs });
  return steps;
}

/** A match travels as text in one field: a row has no lists. */
function patternNode({ pattern: { stages, withinMs, skip } }: CepVector): PatternNode {
  const [first, ...others] = stages as [Stage, ...Stage[]];
  let builder = shaped(pattern<Row>(first.name), first);
  for (const other of others) {
    if (other.contiguity !== 'begin') builder = shaped(builder[other.contiguity](other.name), other);
  }
  if (withinMs !== undefined) builder = builder.within(withinMs);
  const select = (_key: string | number, found: PatternMatch): Row => ({
    match: JSON.stringify(
      Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, rows.map(({ id }) => id)])),
    ),
  });
  const outputSchema = { match: 'utf8' } as const;
  return {
    kind: 'pattern',
    pattern: builder.skip(skip).specification,
    select,
    outputSchema,
    timedOut: { output: 'timed-out', select, outputSchema },
    late: { kind: 'count' },
  };
}

function shaped(builder: PatternBuilder<Row>, { type, quantifier: given }: Stage): PatternBuilder<Row> {
  let shape = builder.where((row) => row.type === type);
  if (given.kind === 'times') shape = shape.times(given.n);
  if (given.kind === 'timesRange') shape = shape.times(given.min, given.max);
  if (given.kind === 'oneOrMore') shape = shape.oneOrMore();
  if (given.kind === 'timesOrMore') shape = shape.timesOrMore(given.n);
  if (given.optional) shape = shape.optional();
  if (given.greedy) shape = shape.greedy();
  if (given.consecutive) shape = shape.consecutive();
  return given.allowCombinations ? shape.allowCombinations() : shape;
}

function refusalOf(node: PatternNode): string | undefined {
  const dataflow: Dataflow = {
    name: 'vector',
    nodes: [
      {
        kind: 'source',
        input: 'input',
        schema: { key: 'utf8', type: 'utf8', timeMs: 'int64' },
        deadLetterOutput: 'dead-letter',
      },
      { kind: 'watermark', field: 'timeMs', delayMs: 0, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 },
      { kind: 'keyBy', field: 'key' },
      node,
      { kind: 'sink', output: 'output' },
    ],
  };
  try {
    validateDataflow(dataflow);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function matchIn({ match: text }: Row): unknown {
  return JSON.parse(text as string);
}
