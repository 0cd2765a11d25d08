import { expect, test } from 'vitest';
import {
  count,
  type Dataflow,
  type DataflowNode,
  keyOf,
  requiredFields,
  resultSchema,
  sum,
  validateDataflow,
} from './index.ts';

const SCHEMA = {
  seq: 'int64',
  region: 'utf8',
  amountMinor: 'int64',
  rate: 'float64',
  eventTimeMs: 'int64',
} as const;

const source: DataflowNode = {
  kind: 'source',
  input: 'input',
  schema: SCHEMA,
  deadLetterOutput: 'dead-letter',
};
const watermark: DataflowNode = {
  kind: 'watermark',
  field: 'eventTimeMs',
  delayMs: 10_000,
  idleTimeoutMs: 1_000,
  alignmentMaxDriftMs: 600_000,
};
const keyBy: DataflowNode = { kind: 'keyBy', field: 'region' };
const window: DataflowNode = {
  kind: 'window',
  window: { type: 'tumbling', sizeMs: 300_000, offsetMs: 0 },
  late: { kind: 'side-output', output: 'late' },
};
const aggregate: DataflowNode = {
  kind: 'aggregate',
  aggregates: { count: count(), totalMinor: sum('amountMinor') },
  emit: 'final',
};
const keyedProcess: DataflowNode = {
  kind: 'keyedProcess',
  process: { processRows: () => {} },
  orderBy: 'seq',
  outputSchema: { region: 'utf8' },
};
const filter: DataflowNode = { kind: 'filter', predicate: () => true };
const sink: DataflowNode = { kind: 'sink', output: 'output' };

const of = (...nodes: DataflowNode[]): Dataflow => ({ name: 'test', nodes });
const changes: DataflowNode = { ...aggregate, emit: 'changes' };

test.each<[string, Dataflow]>([
  ['windowed aggregate', of(source, watermark, keyBy, window, aggregate, sink)],
  ['running aggregate', of(source, keyBy, changes, sink)],
  ['aggregate over all rows', of(source, changes, sink)],
  ['windows over all rows', of(source, watermark, window, aggregate, sink)],
  ['keyed process', of(source, filter, keyBy, keyedProcess, sink)],
  ['rows only', of(source, filter, sink)],
])('accepts: %s', (_, dataflow) => {
  expect(() => validateDataflow(dataflow)).not.toThrow();
});

test.each<[string, string, Dataflow]>([
  ['node 1 (missing)', 'the first node must be a source', of()],
  ['node 1 (sink)', 'the first node must be a source', of(sink)],
  ['node 1 (source)', 'the last node must be a sink', of(source)],
  ['node 2 (keyedProcess)', 'keyedProcess may not follow source', of(source, keyedProcess, sink)],
  ['node 2 (window)', 'a window needs a watermark before it', of(source, window, aggregate, sink)],
  ['node 3 (sink)', 'sink may not follow keyBy', of(source, keyBy, sink)],
  ['node 3 (filter)', 'filter may not follow keyBy', of(source, keyBy, filter, sink)],
  [
    'node 4 (watermark)',
    'there may be one watermark only',
    of(source, watermark, filter, watermark, keyBy, changes, sink),
  ],
  ['node 3 (window)', 'a window needs a watermark before keyBy', of(source, keyBy, window, aggregate, sink)],
  [
    'node 1 (source)',
    'field "a" has the unknown type "date"',
    of({ ...source, schema: { a: 'date' as 'utf8' } }, sink),
  ],
  ['node 1 (source)', 'the schema has no field', of({ ...source, schema: {} }, sink)],
  [
    'node 2 (watermark)',
    'the event time "region" must be an int64 field',
    of(source, { ...watermark, field: 'region' }, keyBy, window, aggregate, sink),
  ],
  [
    'node 2 (watermark)',
    'delayMs must be',
    of(source, { ...watermark, delayMs: -1 }, keyBy, window, aggregate, sink),
  ],
  [
    'node 3 (map)',
    'a map after the watermark must keep its int64 field "eventTimeMs"',
    of(
      source,
      watermark,
      { kind: 'map', schema: { region: 'utf8' }, map: (row) => row },
      keyBy,
      changes,
      sink,
    ),
  ],
  [
    'node 2 (keyBy)',
    'the key "merchant" must be',
    of(source, { kind: 'keyBy', field: 'merchant' }, changes, sink),
  ],
  ['node 2 (keyBy)', 'the key "rate" must be', of(source, { kind: 'keyBy', field: 'rate' }, changes, sink)],
  [
    'node 4 (window)',
    'sizeMs must be a whole number above 0',
    of(
      source,
      watermark,
      keyBy,
      { ...window, window: { type: 'tumbling', sizeMs: 0, offsetMs: 0 } },
      aggregate,
      sink,
    ),
  ],
  ['node 3 (aggregate)', 'results can only be final in a window', of(source, keyBy, aggregate, sink)],
  ['node 3 (aggregate)', 'there is no aggregate', of(source, keyBy, { ...changes, aggregates: {} }, sink)],
  [
    'node 3 (aggregate)',
    'sum needs a number, and "region"',
    of(source, keyBy, { ...changes, aggregates: { total: sum('region') } }, sink),
  ],
  [
    'node 3 (aggregate)',
    'the aggregate "region" has the name of the key',
    of(source, keyBy, { ...changes, aggregates: { region: count() } }, sink),
  ],
  [
    'node 5 (aggregate)',
    'the aggregate "windowEndMs" has the name of a window bound',
    of(source, watermark, keyBy, window, { ...aggregate, aggregates: { windowEndMs: count() } }, sink),
  ],
  [
    'node 3 (keyedProcess)',
    'orderBy "region" must be',
    of(source, keyBy, { ...keyedProcess, orderBy: 'region' }, sink),
  ],
  [
    'node 3 (keyedProcess)',
    'state "last": ttlMs must be a whole number above 0',
    of(source, keyBy, { ...keyedProcess, states: { last: { kind: 'value', ttl: { ttlMs: 0 } } } }, sink),
  ],
  [
    'node 2 (watermark)',
    'delayMs must be 0 beside a generator',
    of(source, { ...watermark, generator: () => ({ onEvent: () => {} }) }, keyBy, window, aggregate, sink),
  ],
  [
    'node 4 (sink)',
    'the output "dead-letter" is named twice',
    of(source, keyBy, changes, { kind: 'sink', output: 'dead-letter' }),
  ],
  ['node 2 (sink)', 'an output has the name of an input', of(source, { kind: 'sink', output: 'input' })],
])('refuses at %s: %s', (node, reason, dataflow) => {
  expect(() => validateDataflow(dataflow)).toThrow(
    expect.objectContaining({
      code: 'PIPELINE_DATAFLOW_INVALID',
      message: expect.stringContaining(`invalid at ${node}: ${reason}`),
    }),
  );
});

test('the result has the key, the window bounds and the aggregates, in this order', () => {
  const dataflow = of(source, watermark, keyBy, window, aggregate, sink);
  expect(Object.entries(resultSchema(dataflow))).toEqual([
    ['region', 'utf8'],
    ['windowStartMs', 'int64'],
    ['windowEndMs', 'int64'],
    ['count', 'int64'],
    ['totalMinor', 'int64'],
  ]);
  expect(keyOf(dataflow)).toBe('region');
});

test('an aggregate needs the fields it names, and functions need them all', () => {
  expect(requiredFields(of(source, watermark, keyBy, window, aggregate, sink))).toEqual([
    'region',
    'amountMinor',
    'eventTimeMs',
  ]);
  const generated: DataflowNode = { ...watermark, delayMs: 0, generator: () => ({ onEvent: () => {} }) };
  expect(requiredFields(of(source, generated, keyBy, window, aggregate, sink))).toEqual(Object.keys(SCHEMA));
  expect(requiredFields(of(source, keyBy, changes, sink))).toEqual(['region', 'amountMinor']);
  expect(requiredFields(of(source, filter, keyBy, changes, sink))).toEqual(Object.keys(SCHEMA));
  expect(requiredFields(of(source, keyBy, keyedProcess, sink))).toEqual(Object.keys(SCHEMA));
});
