import { expect, test } from 'vitest';
import type { StateOperatorProgress } from '../../pipeline/index.ts';
import { type ProgressValues, renderProgress, type SourceValues } from './query-progress.ts';

/*
 * Values and the JSON that is asserted of them: apache/spark (Apache-2.0),
 * sql/core/src/test/scala/org/apache/spark/sql/streaming/StreamingQueryStatusAndProgressSuite.scala, testProgress1 to testProgress5. Without
 * `observedMetrics`: there is no `observe` here.
 */
const INSTANT = '2016-12-05T20:54:20.827Z';

const OPERATOR: StateOperatorProgress = {
  operatorName: 'op1',
  numRowsTotal: 0,
  numRowsUpdated: 1,
  allUpdatesTimeMs: 1,
  numRowsRemoved: 2,
  allRemovalsTimeMs: 34,
  commitTimeMs: 23,
  memoryUsedBytes: 3,
  numRowsDroppedByWatermark: 0,
  numShufflePartitions: 2,
  numStateStoreInstances: 2,
  customMetrics: {
    stateOnCurrentVersionSizeBytes: 2,
    loadedMapCacheHitCount: 1,
    loadedMapCacheMissCount: 0,
  },
};

const SOURCE: SourceValues = {
  description: 'source',
  startOffset: '123',
  endOffset: '456',
  latestOffset: '789',
  numInputRows: 678,
  inputRowsPerSecond: 10.0,
  processedRowsPerSecond: Number.POSITIVE_INFINITY,
  metrics: {},
};

const VALUES: ProgressValues = {
  id: 'id',
  runId: 'run',
  name: 'myName',
  timestamp: INSTANT,
  batchId: 2,
  batchDuration: 0,
  durationMs: { total: 0 },
  eventTime: { max: INSTANT, min: INSTANT, avg: INSTANT, watermark: INSTANT },
  stateOperators: [OPERATOR],
  sources: [SOURCE],
  sink: { description: 'sink', numOutputRows: -1 },
};

const RENDERED_SOURCE = {
  description: 'source',
  startOffset: 123,
  endOffset: 456,
  latestOffset: 789,
  numInputRows: 678,
};

test('fields, their order, and sorted maps; a rate that is infinite is left out', () => {
  expect(JSON.stringify(renderProgress(VALUES))).toBe(
    JSON.stringify({
      id: 'id',
      runId: 'run',
      name: 'myName',
      timestamp: INSTANT,
      batchId: 2,
      batchDuration: 0,
      numInputRows: 678,
      inputRowsPerSecond: 10.0,
      durationMs: { total: 0 },
      eventTime: { avg: INSTANT, max: INSTANT, min: INSTANT, watermark: INSTANT },
      stateOperators: [
        {
          operatorName: 'op1',
          numRowsTotal: 0,
          numRowsUpdated: 1,
          allUpdatesTimeMs: 1,
          numRowsRemoved: 2,
          allRemovalsTimeMs: 34,
          commitTimeMs: 23,
          memoryUsedBytes: 3,
          numRowsDroppedByWatermark: 0,
          numShufflePartitions: 2,
          numStateStoreInstances: 2,
          customMetrics: {
            loadedMapCacheHitCount: 1,
            loadedMapCacheMissCount: 0,
            stateOnCurrentVersionSizeBytes: 2,
          },
        },
      ],
      sources: [{ ...RENDERED_SOURCE, inputRowsPerSecond: 10.0 }],
      sink: { description: 'sink', numOutputRows: -1 },
    }),
  );
});

test('a query without a name, rates that are no numbers, and maps without entries', () => {
  const { customMetrics: _, ...operator } = OPERATOR;
  const rendered = renderProgress({
    ...VALUES,
    name: null,
    eventTime: {},
    stateOperators: [{ ...operator, operatorName: 'op2' }],
    sources: [
      { ...SOURCE, inputRowsPerSecond: Number.NaN, processedRowsPerSecond: Number.NEGATIVE_INFINITY },
    ],
  });
  expect(rendered.name).toBeNull();
  expect(Object.keys(rendered)).toEqual([
    'id',
    'runId',
    'name',
    'timestamp',
    'batchId',
    'batchDuration',
    'numInputRows',
    'durationMs',
    'stateOperators',
    'sources',
    'sink',
  ]);
  expect(rendered.stateOperators[0]).not.toHaveProperty('customMetrics');
  expect(rendered.sources).toEqual([RENDERED_SOURCE]);
});

test('no durations, no event times and no sources are left out, and make no rows', () => {
  const rendered = renderProgress({ ...VALUES, durationMs: {}, eventTime: {}, sources: [] });
  expect(rendered).not.toHaveProperty('durationMs');
  expect(rendered).not.toHaveProperty('eventTime');
  expect(rendered).toMatchObject({ numInputRows: 0, sources: [] });
});

test.each([
  { rate: 6.923076923076923e8, expected: '692307692.3' },
  { rate: 2.923076923076923e8, expected: '292307692.3' },
  { rate: 75291.2831516931, expected: '75291.3' },
  { rate: 71906.88058963642, expected: '71906.9' },
])('a rate of $rate has one decimal and no exponent (SPARK-53491)', ({ rate, expected }) => {
  const rendered = renderProgress({ ...VALUES, sources: [{ ...SOURCE, inputRowsPerSecond: rate }] });
  expect(JSON.stringify(rendered.inputRowsPerSecond)).toBe(expected);
  expect(rendered.sources[0]?.inputRowsPerSecond).toBe(rendered.inputRowsPerSecond);
});

test('offsets of Kafka are JSON, however they are spaced', () => {
  const offset = '{\n    "bigdata_omsTrade_cdc" : {\n        "0" : 18424809459\n    }\n}';
  const rendered = renderProgress({ ...VALUES, sources: [{ ...SOURCE, startOffset: offset }] });
  expect(rendered.sources[0]?.startOffset).toEqual({ bigdata_omsTrade_cdc: { '0': 18424809459 } });
});

test('an offset that is no JSON stands as text, and a missing one as null', () => {
  const rendered = renderProgress({
    ...VALUES,
    sources: [{ ...SOURCE, startOffset: null, endOffset: 'three' }],
  });
  expect(rendered.sources[0]).toMatchObject({ startOffset: null, endOffset: 'three' });
});
