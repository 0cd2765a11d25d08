import { expect, expectTypeOf, test } from 'vitest';
import {
  aggregatingState,
  avg,
  count,
  dataflow,
  type KeyedProcess,
  listState,
  mapState,
  max,
  min,
  reducingState,
  resultSchema,
  sum,
  valueState,
} from './index.ts';

const SALE = {
  seq: 'int64',
  region: 'utf8',
  amountMinor: 'int64',
  rate: 'float64',
  eventTimeMs: 'int64',
} as const;
const WATERMARK = { delayMs: 10_000, idleTimeoutMs: 1_000, alignmentMaxDriftMs: 600_000 };

const sales = dataflow('sales').source({ input: 'input', schema: SALE, deadLetterOutput: 'dead-letter' });

test('the chain of calls is the chain of nodes', () => {
  const built = sales
    .filter((row) => row.amountMinor > 0)
    .withWatermark({ field: 'eventTimeMs', ...WATERMARK })
    .keyBy('region')
    .window({ type: 'tumbling', sizeMs: 300_000, offsetMs: 0 }, { kind: 'side-output', output: 'late' })
    .aggregate({ count: count(), totalMinor: sum('amountMinor') }, { emit: 'final' })
    .sink('output');
  expect(built).toEqual({
    name: 'sales',
    nodes: [
      { kind: 'source', input: 'input', schema: SALE, deadLetterOutput: 'dead-letter' },
      { kind: 'filter', predicate: expect.any(Function) },
      { kind: 'watermark', field: 'eventTimeMs', ...WATERMARK },
      { kind: 'keyBy', field: 'region' },
      {
        kind: 'window',
        window: { type: 'tumbling', sizeMs: 300_000, offsetMs: 0 },
        late: { kind: 'side-output', output: 'late' },
      },
      {
        kind: 'aggregate',
        aggregates: { count: { function: 'count' }, totalMinor: { function: 'sum', field: 'amountMinor' } },
        emit: 'final',
      },
      { kind: 'sink', output: 'output' },
    ],
  });
});

test('a chain can be continued in two ways', () => {
  const keyed = sales.keyBy('region');
  const totals = keyed.aggregate({ total: sum('amountMinor') }, { emit: 'changes' }).sink('a');
  const counts = keyed.aggregate({ count: count() }, { emit: 'changes' }).sink('b');
  expect([totals.nodes.length, counts.nodes.length]).toEqual([4, 4]);
});

test('sink validates what the types cannot say', () => {
  expect(() => sales.sink('dead-letter')).toThrow(
    expect.objectContaining({ code: 'PIPELINE_DATAFLOW_INVALID' }),
  );
});

test('functions see the rows that reach their node', () => {
  sales
    .map({ region: 'utf8', amount: 'float64' }, (row) => {
      expectTypeOf(row).toEqualTypeOf<{
        readonly seq: number;
        readonly region: string;
        readonly amountMinor: number;
        readonly rate: number;
        readonly eventTimeMs: number;
      }>();
      return { region: row.region, amount: row.amountMinor / 100 };
    })
    .filter((row) => {
      expectTypeOf(row).toEqualTypeOf<{ readonly region: string; readonly amount: number }>();
      return true;
    });
  sales.keyBy('region').keyedProcess({
    orderBy: 'seq',
    outputSchema: { region: 'utf8', seen: 'int64' },
    process: {
      processRows(rows, context) {
        expectTypeOf(rows[0]?.region).toEqualTypeOf<string | undefined>();
        expectTypeOf(context.emit)
          .parameter(0)
          .toEqualTypeOf<{ readonly region: string; readonly seen: number }>();
      },
    },
  });
});

test('a keyed process written against the plain contract fits', () => {
  const process: KeyedProcess<{ readonly seen: number }> = { processRows: () => {} };
  const built = sales
    .keyBy('region')
    .keyedProcess({ process, orderBy: 'seq', outputSchema: { region: 'utf8' } })
    .sink('output');
  expect(built.nodes[2]).toEqual({
    kind: 'keyedProcess',
    process,
    orderBy: 'seq',
    outputSchema: { region: 'utf8' },
  });
});

test('a keyed function finds the states that it declares, with their types', () => {
  const states = {
    last: valueState<{ readonly rate: number }>({ ttlMs: 60_000 }),
    rates: listState<number>(),
    byHour: mapState<number>(),
    most: reducingState<number>((before, added) => Math.max(before, added)),
    mean: aggregatingState<number, readonly [number, number], number>({
      create: () => [0, 0],
      add: ([seen, total], added) => [seen + 1, total + added],
      result: ([seen, total]) => total / seen,
    }),
  };
  const built = sales
    .keyBy('region')
    .keyedProcess({
      orderBy: 'seq',
      outputSchema: { rate: 'float64' },
      states,
      process: {
        processRows(_rows, context) {
          expectTypeOf(context.states.last.get()).toEqualTypeOf<{ readonly rate: number } | undefined>();
          expectTypeOf(context.states.rates.get()).toEqualTypeOf<readonly number[]>();
          expectTypeOf(context.states.byHour.put).parameter(1).toEqualTypeOf<number>();
          expectTypeOf(context.states.most.get()).toEqualTypeOf<number | undefined>();
          expectTypeOf(context.states.mean.add).parameter(0).toEqualTypeOf<number>();
          // @ts-expect-error no such state
          context.states.least;
        },
        onProcessingTimeTimer(_timeMs, context) {
          expectTypeOf(context.states.last.get()).toEqualTypeOf<{ readonly rate: number } | undefined>();
        },
      },
    })
    .sink('output');
  expect(built.nodes[2]).toMatchObject({ kind: 'keyedProcess', states });
});

test('a watermark has a delay, or a generator of one’s own', () => {
  const { delayMs: _, ...rest } = WATERMARK;
  const generator = () => ({
    onEvent(row: { readonly seq: number }, timestampMs: number, output: { emitWatermark(ms: number): void }) {
      if (row.seq % 10 === 0) output.emitWatermark(timestampMs);
    },
  });
  const built = sales.withWatermark({ field: 'eventTimeMs', ...rest, generator }).sink('output');
  expect(built.nodes[1]).toEqual({
    kind: 'watermark',
    field: 'eventTimeMs',
    ...rest,
    delayMs: 0,
    generator,
  });
  // @ts-expect-error one of the two
  sales.withWatermark({ field: 'eventTimeMs', ...rest });
});

const keyed = sales.keyBy('region');
const windowed = sales
  .withWatermark({ field: 'eventTimeMs', ...WATERMARK })
  .keyBy('region')
  .window({ type: 'tumbling', sizeMs: 1, offsetMs: 0 }, { kind: 'count' });
const changes = { emit: 'changes' } as const;

test.each<[string, () => unknown]>([
  [
    'a key that is no field',
    // @ts-expect-error no such field
    () => sales.keyBy('merchant').aggregate({ count: count() }, changes).sink('output'),
  ],
  [
    'a float64 as key',
    // @ts-expect-error utf8 or int64
    () => sales.keyBy('rate').aggregate({ count: count() }, changes).sink('output'),
  ],
  [
    'event time that is no int64',
    // @ts-expect-error an int64
    () => sales.withWatermark({ field: 'rate', ...WATERMARK }).sink('output'),
  ],
  [
    'an aggregate of no field',
    // @ts-expect-error no such field
    () => keyed.aggregate({ total: sum('amount') }, changes).sink('output'),
  ],
  [
    'the sum of a text',
    // @ts-expect-error a number field
    () => keyed.aggregate({ total: sum('region') }, changes).sink('output'),
  ],
  [
    'final results without a window',
    // @ts-expect-error only windows have final results
    () => keyed.aggregate({ count: count() }, { emit: 'final' }).sink('output'),
  ],
  [
    'a window without a watermark',
    () =>
      // @ts-expect-error behind a watermark only
      keyed
        .window({ type: 'tumbling', sizeMs: 1, offsetMs: 0 }, { kind: 'count' })
        .aggregate({ count: count() }, changes)
        .sink('output'),
  ],
  [
    'orderBy a text',
    () =>
      keyed
        // @ts-expect-error an int64
        .keyedProcess({ process: { processRows: () => {} }, orderBy: 'region', outputSchema: { a: 'utf8' } })
        .sink('output'),
  ],
  [
    'a window without aggregates',
    // @ts-expect-error it is aggregated first
    () => windowed.sink('output'),
  ],
])('refused by the compiler, and at the latest by sink: %s', (_, build) => {
  expect(build).toThrow();
});

test('a window may have every aggregate, and a mapped row must have every field of its schema', () => {
  const aggregates = { low: min('rate'), high: max('amountMinor'), mean: avg('amountMinor') };
  const built = windowed.aggregate(aggregates, changes).sink('output');
  expect(Object.entries(resultSchema(built))).toEqual([
    ['region', 'utf8'],
    ['windowStartMs', 'int64'],
    ['windowEndMs', 'int64'],
    ['low', 'float64'],
    ['high', 'int64'],
    ['mean', 'float64'],
  ]);
  // @ts-expect-error the mapped row lacks a field
  sales.map({ region: 'utf8', twice: 'int64' }, (row) => ({ region: row.region }));
});
