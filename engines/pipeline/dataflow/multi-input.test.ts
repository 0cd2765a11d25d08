import { describe, expect, test } from 'vitest';
import { sum } from './aggregate.ts';
import { dataflow, input } from './builder.ts';
import type { DataflowNode } from './nodes.ts';
import { validateDataflow } from './validate-dataflow.ts';

const SCHEMA = { key: 'utf8', amount: 'int64', timeMs: 'int64' } as const;
const TIMED = { field: 'timeMs', delayMs: 0, idleTimeoutMs: 1000, alignmentMaxDriftMs: 1000 } as const;
const rows = (name: string) => input({ input: name, schema: SCHEMA, deadLetterOutput: 'dead' });
const timed = (name: string) => rows(name).withWatermark(TIMED);
const out = { outputSchema: { key: 'utf8' } } as const;
const join = (left: { key: string }) => ({ key: left.key });
const ignore = { processFirst: () => {}, processSecond: () => {} };

const source = (schema: Readonly<Record<string, string>> = SCHEMA): DataflowNode =>
  ({ kind: 'source', input: 'a', schema, deadLetterOutput: 'dead' }) as DataflowNode;
const sink: DataflowNode = { kind: 'sink', output: 'out' };
const keyBy = (field: string): DataflowNode => ({ kind: 'keyBy', field });

describe('several inputs', () => {
  test('the builder makes a chain of each input', () => {
    const { nodes } = dataflow('both')
      .union(
        rows('a'),
        rows('b').filter(({ amount }) => amount > 0),
      )
      .keyBy('key')
      .aggregate({ total: sum('amount') }, { emit: 'changes' })
      .sink('out');
    expect(nodes.map(({ kind }) => kind)).toEqual(['union', 'keyBy', 'aggregate', 'sink']);
    expect(nodes[0]).toMatchObject({
      inputs: [[{ kind: 'source', input: 'a' }], [{ kind: 'source', input: 'b' }, { kind: 'filter' }]],
    });
  });

  test('connect, broadcast and intervalJoin name their functions and bounds', () => {
    const connected = dataflow('c').connect(rows('a').keyBy('key'), rows('b').keyBy('key'), {
      process: ignore,
      ...out,
    });
    expect(connected.sink('out').nodes[0]).toMatchObject({ kind: 'connect', process: { kind: 'keyed' } });
    const broadcast = dataflow('b').broadcast(rows('a').keyBy('key'), rows('b'), {
      process: { processKeyed: () => {}, processBroadcast: () => {} },
      ...out,
    });
    expect(broadcast.sink('out').nodes[0]).toMatchObject({ kind: 'connect', process: { kind: 'broadcast' } });
    const joined = dataflow('j').intervalJoin(timed('a').keyBy('key'), timed('b').keyBy('key'), {
      lowerBoundMs: -5,
      upperBoundMs: 5,
      join,
      ...out,
    });
    expect(joined.sink('out').nodes[0]).toMatchObject({ kind: 'intervalJoin', lowerBoundMs: -5 });
  });

  test('asyncMap stands before keyBy', () => {
    const { nodes } = dataflow('async')
      .source({ input: 'a', schema: SCHEMA, deadLetterOutput: 'dead' })
      .asyncMap(SCHEMA, { order: 'ordered', capacity: 1, timeoutMs: 1, call: async (row) => [row] })
      .sink('out');
    expect(nodes.map(({ kind }) => kind)).toEqual(['source', 'asyncMap', 'sink']);
  });

  test.each<[reason: string, make: () => unknown]>([
    [
      'all inputs of a union need a watermark, or none',
      () =>
        validateDataflow({
          name: 'x',
          nodes: [{ kind: 'union', inputs: [[source(), watermark()], [source()]] }, sink],
        }),
    ],
    [
      'there may be one watermark only',
      () => dataflow('x').union(timed('a'), timed('b')).withWatermark(TIMED).sink('out'),
    ],
    [
      'the inputs of a union must have one schema',
      () =>
        validateDataflow({
          name: 'x',
          nodes: [{ kind: 'union', inputs: [[source()], [source({ key: 'utf8' })]] }, sink],
        }),
    ],
    [
      'input 2: the schema has no field',
      () =>
        validateDataflow({ name: 'x', nodes: [{ kind: 'union', inputs: [[source()], [source({})]] }, sink] }),
    ],
    [
      'input 1: the key "nothing" must be a utf8 or int64 field',
      () =>
        validateDataflow(
          joinOf([source(), watermark(), keyBy('nothing')], [source(), watermark(), keyBy('key')]),
        ),
    ],
    [
      'input 2: it must end with a keyBy',
      () => validateDataflow(joinOf([source(), watermark(), keyBy('key')], [source(), watermark()])),
    ],
    [
      'both inputs of an intervalJoin need a watermark',
      () => validateDataflow(joinOf([source(), watermark(), keyBy('key')], [source(), keyBy('key')])),
    ],
    [
      'the keys of both inputs must have one type',
      () =>
        validateDataflow(
          joinOf([source(), watermark(), keyBy('key')], [source(), watermark(), keyBy('amount')]),
        ),
    ],
    [
      'lowerBoundMs must not be above upperBoundMs',
      () =>
        dataflow('x')
          .intervalJoin(timed('a').keyBy('key'), timed('b').keyBy('key'), {
            lowerBoundMs: 5,
            upperBoundMs: 4,
            join,
            ...out,
          })
          .sink('out'),
    ],
    [
      'input 2: it may not end with a keyBy',
      () =>
        validateDataflow({
          name: 'x',
          nodes: [
            {
              kind: 'connect',
              inputs: [
                [source(), keyBy('key')],
                [source(), keyBy('key')],
              ],
              process: { kind: 'broadcast', processKeyed: () => {}, processBroadcast: () => {} },
              outputSchema: SCHEMA,
            },
            sink,
          ],
        }),
    ],
    ['an output has the name of an input', () => dataflow('x').union(rows('a'), rows('b')).sink('b')],
  ])('refuses: %s', (reason, make) => {
    expect(make).toThrowError(reason);
  });
});

function watermark(): DataflowNode {
  return { kind: 'watermark', ...TIMED };
}

function joinOf(left: readonly DataflowNode[], right: readonly DataflowNode[]) {
  return {
    name: 'x',
    nodes: [
      {
        kind: 'intervalJoin',
        inputs: [left, right],
        lowerBoundMs: 0,
        upperBoundMs: 1,
        join: (row) => row,
        outputSchema: SCHEMA,
      },
      sink,
    ] satisfies DataflowNode[],
  } as const;
}
