import { expect, test } from 'vitest';
import { count, custom, dataflow, max, min, type Row, sum } from '../pipeline/index.ts';
import { microBatchPipeline } from './pipeline.ts';
import {
  addData,
  assertNumRowsDropped,
  checkLastBatch,
  checkNewAnswer,
  testStream,
} from './testing/stream-script.ts';

/**
 * Spark's StreamingSessionWindowSuite, and the sessions of its EventTimeWatermarkSuite, as data
 * (apache/spark, sql/core/src/test/scala/org/apache/spark/sql/streaming), times in seconds there and here. Its words
 * of a line are rows here. Not ported: keys of several columns, gaps that differ from row to row, and statistics that
 * are not among the aggregates.
 */
const SCHEMA = { word: 'utf8', timeMs: 'int64' } as const;
const words = (delayMs: number) =>
  dataflow('sessions')
    .source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' })
    .withWatermark({ field: 'timeMs', delayMs, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 });
const LATE = { kind: 'count' } as const;
const counted = (emit: 'final' | 'changes' | 'all') =>
  words(30)
    .keyBy('word')
    .window({ type: 'session', gapMs: 10 }, LATE)
    .aggregate({ numEvents: count() }, { emit })
    .sink('output');

const line = (text: string, timeMs: number): Row[] => text.split(' ').map((word) => ({ word, timeMs }));
const session = (word: string, windowStartMs: number, windowEndMs: number, numEvents: number): Row => ({
  word,
  windowStartMs,
  windowEndMs,
  numEvents,
});

const FIRST = [...line('hello world spark streaming', 40), ...line('world hello structured streaming', 41)];
const UNCHANGED = [
  session('hello', 40, 51, 2),
  session('world', 40, 51, 2),
  session('structured', 41, 51, 1),
];
const BRIDGED = [...UNCHANGED, session('spark', 25, 50, 3), session('streaming', 25, 51, 4)];
const LATER = [session('hello', 60, 70, 1), session('apache', 60, 70, 1), session('spark', 60, 70, 1)];

testStream('complete mode - session window', {
  dataflow: counted('all'),
  steps: [
    addData(...FIRST),
    checkLastBatch(...UNCHANGED, session('streaming', 40, 51, 2), session('spark', 40, 50, 1)),
    addData(...line('spark streaming', 25)),
    checkLastBatch(
      ...UNCHANGED,
      session('spark', 25, 35, 1),
      session('streaming', 25, 35, 1),
      session('streaming', 40, 51, 2),
      session('spark', 40, 50, 1),
    ),
    addData(...line('spark streaming', 30)),
    checkLastBatch(...BRIDGED),
    addData(...line('hello apache spark', 60)),
    checkLastBatch(...BRIDGED, ...LATER),
    addData(...line('structured streaming', 90)),
    checkLastBatch(...BRIDGED, ...LATER, session('structured', 90, 100, 1), session('streaming', 90, 100, 1)),
  ],
});

testStream('append mode - session window', {
  dataflow: counted('final'),
  steps: [
    addData(...FIRST),
    checkNewAnswer(),
    addData(...line('spark streaming', 25)),
    checkNewAnswer(),
    addData(...line('spark streaming', 0)),
    checkNewAnswer(),
    assertNumRowsDropped(2),
    addData(...line('spark streaming', 30)),
    checkNewAnswer(),
    addData(...line('hello apache spark', 60)),
    checkNewAnswer(),
    addData(...line('structured streaming', 90)),
    checkNewAnswer(...BRIDGED),
  ],
});

testStream('session window with least and greatest, and an aggregate of the user', {
  dataflow: words(30)
    .keyBy('word')
    .window({ type: 'session', gapMs: 10 }, LATE)
    .aggregate(
      {
        minTime: min('timeMs'),
        maxTime: max('timeMs'),
        mySum: custom({
          type: 'int64',
          create: () => 0,
          add: (total: number, row: { readonly timeMs: number }) => total + row.timeMs,
          merge: (left, right) => left + right,
          result: (total) => total,
        }),
      },
      { emit: 'final' },
    )
    .sink('output'),
  steps: [
    addData({ word: 'a', timeMs: 41 }),
    addData({ word: 'a', timeMs: 42 }),
    addData({ word: 'a', timeMs: 40 }),
    checkNewAnswer(),
    addData({ word: 'b', timeMs: 100 }),
    addData({ word: 'b', timeMs: 101 }),
    checkNewAnswer({
      word: 'a',
      windowStartMs: 40,
      windowEndMs: 52,
      minTime: 40,
      maxTime: 42,
      mySum: 123,
    }),
  ],
});

const valueRows = (...times: number[]): Row[] =>
  times.map((timeMs) => ({ word: String(Math.floor(timeMs / 10)), timeMs }));

testStream('EventTimeWatermarkSuite: append mode - session', {
  dataflow: words(10)
    .keyBy('word')
    .window({ type: 'session', gapMs: 5 }, LATE)
    .aggregate({ count: count(), sum: sum('timeMs') }, { emit: 'final' })
    .sink('output'),
  steps: [
    addData(...valueRows(10, 11)),
    checkNewAnswer(),
    addData(...valueRows(17)),
    checkNewAnswer(),
    addData(...valueRows(25)),
    checkNewAnswer(),
    addData(...valueRows(35)),
    checkNewAnswer(
      { word: '1', windowStartMs: 10, windowEndMs: 16, count: 2, sum: 21 },
      { word: '1', windowStartMs: 17, windowEndMs: 22, count: 1, sum: 17 },
    ),
    addData(...valueRows(10)),
    checkNewAnswer(),
    addData(...valueRows(40)),
    checkNewAnswer({ word: '2', windowStartMs: 25, windowEndMs: 30, count: 1, sum: 25 }),
  ],
});

const GUARANTEE = { guarantee: 'at-least-once', heapMb: 64 } as const;

test('update mode is refused for session windows, with a key and without', () => {
  const unkeyed = words(30)
    .window({ type: 'session', gapMs: 10 }, LATE)
    .aggregate({ n: count() }, { emit: 'changes' })
    .sink('output');
  for (const refused of [counted('changes'), unkeyed]) {
    expect(() => microBatchPipeline.validate(refused, {}, GUARANTEE)).toThrow(
      expect.objectContaining({
        code: 'MICRO_BATCH_QUERY_REFUSED',
        details: expect.objectContaining({ when: 'start' }),
      }),
    );
  }
});

test.each(['final', 'all'] as const)('session windows without a key are refused: %s', (emit) => {
  const unkeyed = words(30)
    .window({ type: 'session', gapMs: 10 }, LATE)
    .aggregate({ n: count() }, { emit })
    .sink('output');
  expect(() => microBatchPipeline.validate(unkeyed, {}, GUARANTEE)).toThrow(
    expect.objectContaining({
      code: 'MICRO_BATCH_QUERY_REFUSED',
      details: expect.objectContaining({ when: 'firstBatch' }),
    }),
  );
});
