import { expect, expectTypeOf, test } from 'vitest';
import {
  count,
  custom,
  dataflow,
  requiredFields,
  resultSchema,
  type Trigger,
  type WindowSpecification,
} from './index.ts';

const SALE = { seq: 'int64', region: 'utf8', amountMinor: 'int64', eventTimeMs: 'int64' } as const;
const sales = dataflow('sales').source({ input: 'input', schema: SALE, deadLetterOutput: 'dead-letter' });
const timed = sales.withWatermark({
  field: 'eventTimeMs',
  delayMs: 10_000,
  idleTimeoutMs: 1_000,
  alignmentMaxDriftMs: 600_000,
});
const LATE = { kind: 'count' } as const;
const SECOND = { type: 'tumbling', sizeMs: 1000, offsetMs: 0 } as const;
const EVERY_TEN: Trigger = { type: 'count', count: 10 };

test('a window node has what its options say', () => {
  const built = timed
    .keyBy('region')
    .window({ type: 'session', gapMs: 5 }, LATE, { trigger: EVERY_TEN, allowedLatenessMs: 7 })
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
  expect(built.nodes[3]).toEqual({
    kind: 'window',
    window: { type: 'session', gapMs: 5 },
    late: LATE,
    trigger: EVERY_TEN,
    allowedLatenessMs: 7,
  });
  expect(requiredFields(built)).toEqual(['region', 'eventTimeMs']);
});

test('without a watermark there are windows of the clock and global ones', () => {
  const keyed = sales.keyBy('region');
  keyed
    .window(SECOND, LATE, { time: 'processing' })
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
  const global = keyed
    .window({ type: 'global' }, LATE, { trigger: EVERY_TEN })
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
  expect(resultSchema(global)).toEqual({ region: 'utf8', count: 'int64' });
  // @ts-expect-error event time needs a watermark
  expect(() => keyed.window(SECOND, LATE).aggregate({ count: count() }, { emit: 'final' }).sink('o')).toThrow(
    expect.objectContaining({ code: 'PIPELINE_DATAFLOW_INVALID' }),
  );
});

test('a function over the rows of a window sees whole rows and puts out its own', () => {
  const built = timed
    .keyBy('region')
    .window(SECOND, LATE)
    .windowFunction({
      outputSchema: { region: 'utf8', most: 'int64' },
      apply(key, rows, { startMs }, emit) {
        expectTypeOf(rows[0]?.amountMinor).toEqualTypeOf<number | undefined>();
        expectTypeOf(startMs).toEqualTypeOf<number>();
        expectTypeOf(emit).parameter(0).toEqualTypeOf<{ readonly region: string; readonly most: number }>();
        emit({ region: String(key), most: Math.max(...rows.map(({ amountMinor }) => amountMinor)) });
      },
    })
    .sink('output');
  expect(resultSchema(built)).toEqual({ region: 'utf8', most: 'int64' });
  expect(requiredFields(built)).toEqual(Object.keys(SALE));
});

test('an aggregate of the user has the rows of its node, and the type that it names', () => {
  const product = custom<number, { readonly amountMinor: number }>({
    type: 'float64',
    create: () => 1,
    add: (product, row) => product * row.amountMinor,
    merge: (left, right) => left * right,
    result: (product) => product,
  });
  const built = sales.keyBy('region').aggregate({ product }, { emit: 'changes' }).sink('output');
  expect(resultSchema(built)).toEqual({ region: 'utf8', product: 'float64' });
  expect(requiredFields(built)).toEqual(Object.keys(SALE));
});

test.each<[string, Parameters<typeof withWindow>]>([
  ['sizeMs must be a whole number above 0', [{ type: 'tumbling', sizeMs: 0, offsetMs: 0 }]],
  [
    'offsetMs must be a whole number between -sizeMs and sizeMs',
    [{ type: 'tumbling', sizeMs: 10, offsetMs: -10 }],
  ],
  ['slideMs must be a whole number above 0', [{ type: 'sliding', sizeMs: 10, slideMs: 0, offsetMs: 0 }]],
  [
    'offsetMs must be a whole number between -slideMs and slideMs',
    [{ type: 'sliding', sizeMs: 20, slideMs: 10, offsetMs: 10 }],
  ],
  ['gapMs must be a whole number above 0', [{ type: 'session', gapMs: 0 }]],
  ['allowedLatenessMs must be a whole number of at least 0', [SECOND, { allowedLatenessMs: -1 }]],
  [
    'the count of a trigger must be a whole number above 0',
    [SECOND, { trigger: { type: 'count', count: 0 } }],
  ],
  [
    'the intervalMs of a trigger must be a whole number above 0',
    [SECOND, { trigger: { type: 'purging', trigger: { type: 'continuousEventTime', intervalMs: 0.5 } } }],
  ],
  [
    'the trigger of a session window needs onMerge',
    [{ type: 'session', gapMs: 1 }, { trigger: { type: 'custom', trigger: { onElement: () => 'fire' } } }],
  ],
])('refuses: %s', (reason, [window, options]) => {
  expect(() => withWindow(window, options)).toThrow(
    expect.objectContaining({
      code: 'PIPELINE_DATAFLOW_INVALID',
      details: expect.objectContaining({ reason }),
    }),
  );
});

function withWindow(
  window: WindowSpecification,
  options: { readonly trigger?: Trigger; readonly allowedLatenessMs?: number } = {},
) {
  return timed
    .keyBy('region')
    .window(window, LATE, options)
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
}
