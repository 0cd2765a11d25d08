import { expect, test } from 'vitest';
import type { KeyedWindow } from '../plan/index.ts';
import { isClosed, mergeWindows, type OpenWindow, windowsOf } from './key-windows.ts';
import type { Accumulators } from './row-aggregation.ts';

type Parts = readonly (readonly [startMs: number, endMs: number, value: number])[];

const SESSION: KeyedWindow = { type: 'session', gapMs: 10 };
const sum = ([left]: Accumulators, [right]: Accumulators): Accumulators => [
  (left as number) + (right as number),
];
const windowsFrom = (parts: Parts): OpenWindow[] =>
  parts.map(([startMs, endMs, value]) => ({ startMs, endMs, values: [value] }));
const merged = (parts: Parts) => mergeWindows(windowsFrom(parts), SESSION, sum);

/**
 * Spark's UpdatingSessionsIteratorSuite (apache/spark,
 * sql/core/src/test/scala/org/apache/spark/sql/execution/streaming), a key each. Rows that are out of order, which
 * Spark turns down there because they were to be sorted before, are sorted here.
 */
test.each<[string, Parts, Parts]>([
  ['no row', [], []],
  ['only one row', [[100, 110, 10]], [[100, 110, 10]]],
  [
    'one session',
    [
      [100, 110, 10],
      [100, 110, 20],
      [105, 115, 30],
      [113, 123, 40],
    ],
    [[100, 123, 100]],
  ],
  [
    'one session, of which two parts touch',
    [
      [110, 120, 10],
      [115, 125, 20],
      [117, 127, 30],
      [125, 135, 40],
    ],
    [[110, 135, 100]],
  ],
  [
    'multiple sessions',
    [
      [100, 110, 10],
      [105, 115, 20],
      [125, 135, 30],
      [127, 137, 40],
    ],
    [
      [100, 115, 30],
      [125, 137, 70],
    ],
  ],
  [
    'multiple sessions, of the first key of several',
    [
      [100, 110, 10],
      [100, 110, 20],
      [115, 125, 30],
      [119, 129, 40],
    ],
    [
      [100, 110, 30],
      [115, 129, 70],
    ],
  ],
  [
    'multiple sessions, of the second key of several',
    [
      [110, 120, 10],
      [115, 125, 20],
      [127, 137, 30],
      [135, 145, 40],
    ],
    [
      [110, 125, 30],
      [127, 145, 70],
    ],
  ],
  [
    'data that is not sorted by session start',
    [
      [100, 110, 10],
      [100, 110, 20],
      [95, 105, 30],
      [113, 123, 40],
    ],
    [
      [95, 110, 60],
      [113, 123, 40],
    ],
  ],
])('sessions: %s', (_, parts, sessions) => {
  expect(merged(parts)).toEqual(windowsFrom(sessions));
});

test('windows that do not slide evenly, before the epoch too', () => {
  const window: KeyedWindow = { type: 'aligned', sizeMs: 10, slideMs: 4, offsetMs: 1 };
  expect(windowsOf(-1, window).map(({ startMs }) => startMs)).toEqual([-3, -7]);
  expect(windowsOf(0, { ...window, slideMs: 20 })).toEqual([]);
});

test('a window is closed when the watermark reaches its end, and never without an end', () => {
  expect(isClosed({ startMs: 0, endMs: 10 }, 9)).toBe(false);
  expect(isClosed({ startMs: 0, endMs: 10 }, 10)).toBe(true);
  expect(isClosed({ startMs: 0, endMs: null }, Number.MAX_SAFE_INTEGER)).toBe(false);
});
