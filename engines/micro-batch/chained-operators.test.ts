import { expect, test } from 'vitest';
import { count, type DataflowNode, validateDataflow } from '../pipeline/index.ts';

/*
 * The chains of Apache Spark (Apache License 2.0),
 * sql/core/src/test/scala/org/apache/spark/sql/streaming/MultiStatefulOperatorsSuite.scala. A dataflow has one operator with state, so each is refused
 * where the second one stands, when the dataflow is built.
 */

const SCHEMA = { key: 'utf8', timeMs: 'int64' } as const;
const TIMED = { field: 'timeMs', delayMs: 10, idleTimeoutMs: 1000, alignmentMaxDriftMs: 1000 } as const;
const chain = (name: string): readonly DataflowNode[] => [
  { kind: 'source', input: name, schema: SCHEMA, deadLetterOutput: 'dead' },
  { kind: 'watermark', ...TIMED },
];
const KEY_BY: DataflowNode = { kind: 'keyBy', field: 'key' };
const WINDOW: DataflowNode = {
  kind: 'window',
  window: { type: 'tumbling', sizeMs: 5, offsetMs: 0 },
  late: { kind: 'count' },
};
const COUNTS: DataflowNode = { kind: 'aggregate', aggregates: { n: count() }, emit: 'final' };
const DEDUPLICATE: DataflowNode = { kind: 'deduplicate', fields: ['key', 'timeMs'] };
const JOIN: DataflowNode = {
  kind: 'intervalJoin',
  inputs: [
    [...chain('left'), KEY_BY],
    [...chain('right'), KEY_BY],
  ],
  lowerBoundMs: -5,
  upperBoundMs: 5,
  join: (left) => left,
  outputSchema: SCHEMA,
};

test.each<[name: string, nodes: readonly DataflowNode[], reason: string]>([
  [
    'window agg -> window agg, append mode',
    [...chain('in'), KEY_BY, WINDOW, COUNTS, KEY_BY, WINDOW, COUNTS],
    'keyBy may not follow aggregate',
  ],
  [
    'agg -> agg -> agg, append mode',
    [...chain('in'), KEY_BY, WINDOW, COUNTS, WINDOW, COUNTS],
    'window may not follow aggregate',
  ],
  [
    'dedup -> agg, append mode',
    [...chain('in'), DEDUPLICATE, KEY_BY, WINDOW, COUNTS],
    'keyBy may not follow deduplicate',
  ],
  ['join -> agg, append mode', [JOIN, KEY_BY, WINDOW, COUNTS], 'keyBy may not follow intervalJoin'],
  ['join -> dedup', [JOIN, DEDUPLICATE], 'deduplicate may not follow intervalJoin'],
])('%s is refused', (_name, nodes, reason) => {
  const chained = { name: 'chained', nodes: [...nodes, { kind: 'sink', output: 'out' } as const] };
  expect(() => validateDataflow(chained)).toThrow(
    expect.objectContaining({
      code: 'PIPELINE_DATAFLOW_INVALID',
      message: expect.stringContaining(reason),
    }),
  );
});
