import { count, dataflow, type Row, sum } from '../pipeline/index.ts';
import {
  addData,
  assertNumRowsDropped,
  assertNumStateRows,
  assertWatermark,
  checkLastBatch,
  checkNewAnswer,
  type StreamStep,
  start,
  stop,
  testStream,
} from './testing/stream-script.ts';

/**
 * Spark's EventTimeWatermarkSuite and StreamingAggregationSuite as data (apache/spark,
 * sql/core/src/test/scala/org/apache/spark/sql/streaming), times in seconds there and here. Sessions stand in
 * session-window-suite.test.ts. Not ported: several watermarks (watermark-tracker.test.ts), types and names that the
 * dataflow's own checks refuse, time as key without a window, subqueries, limits, sinks and checkpoints of Spark.
 */
const rows = () =>
  dataflow('windows').source({
    input: 'input',
    schema: { key: 'utf8', value: 'int64' },
    deadLetterOutput: 'dead-letter',
  });
const timed = (delayMs: number) =>
  rows().withWatermark({ field: 'value', delayMs, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 });
const windows = (emit: 'final' | 'changes' | 'all') =>
  timed(10)
    .window({ type: 'tumbling', sizeMs: 5, offsetMs: 0 }, { kind: 'count' })
    .aggregate({ count: count() }, { emit })
    .sink('output');

const add = (...values: number[]): StreamStep => addData(...values.map((value) => ({ key: '', value })));
const window = (windowStartMs: number, counted: number): Row => ({
  windowStartMs,
  windowEndMs: windowStartMs + 5,
  count: counted,
});

testStream('event time and watermark metrics', {
  dataflow: windows('final'),
  steps: [
    add(15),
    checkNewAnswer(),
    assertWatermark(0),
    add(10, 12, 14),
    checkNewAnswer(),
    assertWatermark(5),
    add(25),
    checkNewAnswer(window(10, 3)),
    assertWatermark(5),
  ],
});

testStream('event time and watermark metrics without batches that have no data (SPARK-24699)', {
  dataflow: windows('final'),
  noDataBatches: false,
  steps: [
    add(15),
    checkNewAnswer(),
    assertWatermark(0),
    add(10, 12, 14),
    checkNewAnswer(),
    assertWatermark(5),
    add(25),
    checkNewAnswer(),
    assertWatermark(5),
    add(50),
    checkNewAnswer(window(10, 3)),
    assertWatermark(15),
    add(50),
    checkNewAnswer(window(15, 1), window(25, 1)),
    assertWatermark(40),
  ],
});

testStream('append mode', {
  dataflow: windows('final'),
  steps: [
    add(10, 11, 12, 13, 14, 15),
    checkNewAnswer(),
    add(25),
    checkNewAnswer(window(10, 5)),
    assertNumStateRows(2, 3),
    assertNumRowsDropped(0),
    add(10),
    checkNewAnswer(),
    assertNumStateRows(2, 0),
    assertNumRowsDropped(1),
  ],
});

testStream('update mode', {
  dataflow: windows('changes'),
  steps: [
    add(10, 11, 12, 13, 14, 15),
    checkNewAnswer(window(10, 5), window(15, 1)),
    add(25),
    checkNewAnswer(window(25, 1)),
    assertNumStateRows(2, 3),
    assertNumRowsDropped(0),
    add(10, 25),
    checkNewAnswer(window(25, 2)),
    assertNumStateRows(2, 1),
    assertNumRowsDropped(1),
    add(10),
    checkNewAnswer(),
    assertNumStateRows(2, 0),
    assertNumRowsDropped(1),
  ],
});

testStream('complete mode', {
  dataflow: windows('all'),
  steps: [
    add(10, 11, 12),
    checkLastBatch(window(10, 3)),
    add(25),
    checkLastBatch(window(10, 3), window(25, 1)),
    add(25),
    checkLastBatch(window(10, 3), window(25, 2)),
    add(10),
    checkLastBatch(window(10, 4), window(25, 2)),
    add(25),
    checkLastBatch(window(10, 4), window(25, 3)),
  ],
});

testStream('recovery', {
  dataflow: windows('final'),
  steps: [
    add(10, 11, 12, 13, 14, 15),
    checkNewAnswer(),
    add(25),
    checkNewAnswer(window(10, 5)),
    stop,
    start,
    add(10, 27, 30),
    checkNewAnswer(window(15, 1)),
    stop,
    start,
    add(17),
    checkNewAnswer(),
    add(40),
    checkNewAnswer(window(25, 2)),
  ],
});

for (const noDataBatches of [true, false]) {
  testStream(`test no-data flag: ${noDataBatches}`, {
    dataflow: windows('final'),
    noDataBatches,
    steps: [
      add(10, 11, 12, 13, 14, 15),
      checkNewAnswer(),
      add(25),
      noDataBatches ? checkNewAnswer(window(10, 5)) : checkNewAnswer(),
    ],
  });
}

const keyed = (...keys: string[]): StreamStep => addData(...keys.map((key) => ({ key, value: 1 })));
const counted = (key: string, counts: number): Row => ({ key, count: counts });

testStream('StreamingAggregationSuite: simple count, update mode', {
  dataflow: rows().keyBy('key').aggregate({ count: count() }, { emit: 'changes' }).sink('output'),
  steps: [
    keyed('3'),
    checkNewAnswer(counted('3', 1)),
    keyed('3', '2'),
    checkNewAnswer(counted('3', 2), counted('2', 1)),
    stop,
    start,
    keyed('3', '2', '1'),
    checkNewAnswer(counted('3', 3), counted('2', 2), counted('1', 1)),
    keyed('4', '4', '4', '4'),
    checkNewAnswer(counted('4', 4)),
  ],
});

testStream('StreamingAggregationSuite: simple count, complete mode', {
  dataflow: rows().keyBy('key').aggregate({ count: count() }, { emit: 'all' }).sink('output'),
  steps: [
    keyed('3'),
    checkLastBatch(counted('3', 1)),
    keyed('2'),
    checkLastBatch(counted('3', 1), counted('2', 1)),
    stop,
    start,
    keyed('3', '2', '1'),
    checkLastBatch(counted('3', 2), counted('2', 2), counted('1', 1)),
    keyed('4', '4', '4', '4'),
    checkLastBatch(counted('4', 4), counted('3', 2), counted('2', 2), counted('1', 1)),
  ],
});

testStream('StreamingAggregationSuite: state metrics - append mode', {
  dataflow: timed(10)
    .window({ type: 'sliding', sizeMs: 10, slideMs: 5, offsetMs: 0 }, { kind: 'count' })
    .aggregate({ total: sum('value') }, { emit: 'final' })
    .sink('output'),
  steps: [
    add(15, 17, 17),
    checkNewAnswer(),
    assertNumStateRows(2, 2),
    add(18, 22),
    checkNewAnswer(),
    assertNumStateRows(3, 3),
    add(40),
    checkNewAnswer(
      { windowStartMs: 10, windowEndMs: 20, total: 67 },
      { windowStartMs: 15, windowEndMs: 25, total: 89 },
      { windowStartMs: 20, windowEndMs: 30, total: 22 },
    ),
    assertNumStateRows(2, 2),
  ],
});
