import { dataflow, type Row } from '../pipeline/index.ts';
import {
  addData,
  assertNumRowsDropped,
  assertNumStateRows,
  checkNewAnswer,
  testStream,
} from './testing/stream-script.ts';

/**
 * Spark's StreamingDeduplicationSuite and StreamingDeduplicationWithinWatermarkSuite as data
 * (apache/spark, sql/core/src/test/scala/org/apache/spark/sql/streaming), times in seconds there and here.
 * Not ported: several operators in one query, batch queries, file sinks, changed schemas and plans, which a dataflow of
 * this engine has not.
 */
const SCHEMA = { name: 'utf8', value: 'int64' } as const;
const rows = () =>
  dataflow('deduplicated').source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' });
const timed = (delayMs: number) =>
  rows().withWatermark({ field: 'value', delayMs, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 });

const row = (name: string, value: number): Row => ({ name, value });
const at = (...values: number[]): Row[] => values.map((value) => row('', value));
const repeated = [1, 2, 3, 4, 5].flatMap(() => at(10, 11, 12, 13, 14, 15));

testStream('deduplicate with all columns', {
  dataflow: rows().dropDuplicates(['name', 'value']).sink('output'),
  steps: [
    addData(row('a', 0)),
    checkNewAnswer(row('a', 0)),
    assertNumStateRows(1, 1),
    addData(row('a', 0)),
    checkNewAnswer(),
    assertNumStateRows(1, 0),
    addData(row('b', 0)),
    checkNewAnswer(row('b', 0)),
    assertNumStateRows(2, 1),
  ],
});

testStream('deduplicate with some columns', {
  dataflow: rows().dropDuplicates(['name']).sink('output'),
  steps: [
    addData(row('a', 1)),
    checkNewAnswer(row('a', 1)),
    assertNumStateRows(1, 1),
    addData(row('a', 2)),
    checkNewAnswer(),
    assertNumStateRows(1, 0),
    addData(row('b', 1)),
    checkNewAnswer(row('b', 1)),
    assertNumStateRows(2, 1),
    assertNumRowsDropped(0),
  ],
});

testStream('deduplicate with watermark', {
  dataflow: timed(10).dropDuplicates(['value']).sink('output'),
  steps: [
    addData(...repeated),
    checkNewAnswer(...at(10, 11, 12, 13, 14, 15)),
    assertNumStateRows(6, 6),
    addData(...at(25)),
    checkNewAnswer(...at(25)),
    assertNumStateRows(1, 1),
    addData(...at(10)),
    checkNewAnswer(),
    assertNumStateRows(1, 0),
    assertNumRowsDropped(1),
    addData(...at(45)),
    checkNewAnswer(...at(45)),
    assertNumStateRows(1, 1),
  ],
});

testStream('SPARK-19841: watermarkPredicate should filter based on keys', {
  dataflow: timed(1).dropDuplicates(['name', 'value']).sink('output'),
  steps: [
    addData(row('1', 1), row('1', 1), row('2', 1)),
    checkNewAnswer(row('1', 1), row('2', 1)),
    addData(row('1', 1), row('3', 2), row('4', 2)),
    checkNewAnswer(row('3', 2), row('4', 2)),
    addData(row('0', 1), row('1', 1), row('5', 3), row('6', 3)),
    checkNewAnswer(row('5', 3), row('6', 3)),
    addData(row('0', 1), row('7', 4)),
    checkNewAnswer(row('7', 4)),
  ],
});

testStream("SPARK-21546: dropDuplicates should ignore watermark when it's not a key", {
  dataflow: timed(1).dropDuplicates(['name']).sink('output'),
  steps: [
    addData(row('1', 1), row('1', 2), row('2', 2)),
    checkNewAnswer(row('1', 1), row('2', 2)),
    assertNumStateRows(2, 2),
  ],
});

for (const noDataBatches of [true, false]) {
  testStream(`test no-data flag: ${noDataBatches}`, {
    dataflow: timed(10).dropDuplicates(['value']).sink('output'),
    noDataBatches,
    steps: [
      addData(...at(10, 11, 12, 13, 14, 15)),
      checkNewAnswer(...at(10, 11, 12, 13, 14, 15)),
      assertNumStateRows(6, 6),
      addData(...at(25)),
      checkNewAnswer(...at(25)),
      assertNumStateRows(noDataBatches ? 1 : 7, 1),
    ],
  });
}

testStream('within watermark: all columns with event time column', {
  dataflow: timed(10).dropDuplicates(['name', 'value'], { withinWatermark: true }).sink('output'),
  steps: [
    addData(...repeated),
    checkNewAnswer(...at(10, 11, 12, 13, 14, 15)),
    assertNumStateRows(6, 6),
    addData(...at(13, 14, 15, 16, 17)),
    checkNewAnswer(...at(16, 17)),
    assertNumStateRows(8, 2),
    addData(...at(5)),
    checkNewAnswer(),
    assertNumStateRows(8, 0),
    assertNumRowsDropped(1),
    addData(...at(35)),
    checkNewAnswer(...at(35)),
    assertNumStateRows(3, 1),
    addData(...at(55)),
    checkNewAnswer(...at(55)),
    assertNumStateRows(1, 1),
  ],
});

testStream('within watermark: a subset of columns without event time column', {
  dataflow: timed(2).dropDuplicates(['name'], { withinWatermark: true }).sink('output'),
  steps: [
    addData(row('a', 17)),
    checkNewAnswer(row('a', 17)),
    assertNumStateRows(1, 1),
    addData(row('a', 16)),
    checkNewAnswer(),
    assertNumStateRows(1, 0),
    addData(row('a', 13)),
    checkNewAnswer(),
    assertNumStateRows(1, 0),
    assertNumRowsDropped(1),
    addData(row('b', 22), row('c', 21)),
    checkNewAnswer(row('b', 22), row('c', 21)),
    assertNumStateRows(2, 2),
    addData(row('a', 21)),
    checkNewAnswer(row('a', 21)),
    assertNumStateRows(3, 1),
    addData(row('d', 25)),
    checkNewAnswer(row('d', 25)),
    assertNumStateRows(2, 1),
  ],
});
