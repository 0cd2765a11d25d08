import { type Dataflow, dataflow, input } from '../pipeline/index.ts';
import {
  addDataTo,
  assertNumRowsDropped,
  assertNumStateRows,
  checkNewAnswer,
  type StreamStep,
  start,
  stop,
  testStream,
} from './testing/stream-script.ts';

/*
 * Cases and expected answers from Apache Spark (Apache License 2.0),
 * sql/core/src/test/scala/org/apache/spark/sql/streaming/StreamingJoinSuite.scala: those of inner and left outer joins with bounds on event time.
 * `leftTime BETWEEN rightTime - a AND rightTime + b` there is left - b <= right <= left + a here. Joins on windows and without a bound are not in a
 * Dataflow. Times are seconds there, and here in the tables.
 */

const LEFT = 0;
const RIGHT = 1;
const SECOND_MS = 1000;
/** Of a bound that the original does not have. */
const UNBOUNDED_S = 1_000_000_000;

const SCHEMA = { key: 'int64', timeMs: 'int64' } as const;
const PAIR = { key: 'int64', left: 'int64', right: 'int64' } as const;

interface JoinOptions {
  readonly type: 'inner' | 'left-outer';
  readonly delaysS: readonly [left: number, right: number];
  readonly lowerMs: number;
  readonly upperMs: number;
}

/** right is -1 where there is none. */
function joinOf({ type, delaysS, lowerMs, upperMs }: JoinOptions): Dataflow {
  const side = (name: string, delayS: number) =>
    input({ input: name, schema: SCHEMA, deadLetterOutput: 'dead' })
      .withWatermark({
        field: 'timeMs',
        delayMs: delayS * SECOND_MS,
        idleTimeoutMs: 1000,
        alignmentMaxDriftMs: 1000,
      })
      .keyBy('key');
  const left = side('left', delaysS[0]);
  const right = side('right', delaysS[1]);
  const bounds = { lowerBoundMs: lowerMs, upperBoundMs: upperMs, outputSchema: PAIR };
  const start = dataflow('join');
  return (
    type === 'inner'
      ? start.intervalJoin(left, right, {
          ...bounds,
          join: (l, r) => ({ key: l.key, left: l.timeMs / SECOND_MS, right: r.timeMs / SECOND_MS }),
        })
      : start.leftOuterIntervalJoin(left, right, {
          ...bounds,
          join: (l, r) => ({
            key: l.key,
            left: l.timeMs / SECOND_MS,
            right: r === undefined ? -1 : r.timeMs / SECOND_MS,
          }),
        })
  ).sink('output');
}

type KeyAndTime = readonly [key: number, timeS: number];
type Pair = readonly [key: number, leftS: number, rightS: number];

const add = (side: number, ...rows: KeyAndTime[]): StreamStep =>
  addDataTo(side, ...rows.map(([key, timeS]) => ({ key, timeMs: timeS * SECOND_MS })));
const check = (...pairs: Pair[]): StreamStep =>
  checkNewAnswer(...pairs.map(([key, left, right]) => ({ key, left, right })));

const ONLY_THE_GLOBAL_WATERMARK_IS_RESTORED = {
  restartsMatter: 'of two watermarks only the global one is restored',
};

testStream(
  'stream stream inner join with time range - with watermark - one side condition',
  {
    dataflow: joinOf({ type: 'inner', delaysS: [10, 10], lowerMs: 5001, upperMs: UNBOUNDED_S * SECOND_MS }),
    steps: [
      add(LEFT, [1, 5]),
      check(),
      add(RIGHT, [1, 11]),
      check([1, 5, 11]),
      add(RIGHT, [1, 10]),
      check(),
      assertNumStateRows(3, 3),
      add(LEFT, [1, 3], [1, 30]),
      check([1, 3, 10], [1, 3, 11]),
      assertNumStateRows(5, 2),
      add(RIGHT, [0, 30]),
      check(),
      assertNumStateRows(4, 1),
      add(RIGHT, [1, 20], [1, 21], [1, 28]),
      check([1, 3, 21], [1, 5, 21], [1, 3, 28], [1, 5, 28]),
      assertNumStateRows(5, 1),
      assertNumRowsDropped(1),
      add(LEFT, [1, 20], [1, 21]),
      check([1, 21, 28]),
      assertNumStateRows(6, 1),
      assertNumRowsDropped(1),
    ],
  },
  ONLY_THE_GLOBAL_WATERMARK_IS_RESTORED,
);

testStream(
  'stream stream inner join with time range - with watermark - two side conditions',
  {
    dataflow: joinOf({ type: 'inner', delaysS: [20, 30], lowerMs: -5000, upperMs: 10_000 }),
    steps: [
      add(LEFT, [1, 20]),
      check(),
      add(RIGHT, [1, 14], [1, 15], [1, 25], [1, 26], [1, 30], [1, 31]),
      check([1, 20, 15], [1, 20, 25], [1, 20, 26], [1, 20, 30]),
      assertNumStateRows(7, 7),
      add(RIGHT, [1, 60]),
      check(),
      add(LEFT, [1, 49], [1, 50], [1, 65], [1, 66]),
      check([1, 50, 60], [1, 65, 60]),
      assertNumStateRows(10, 5),
      add(LEFT, [1, 30], [1, 31]),
      check([1, 31, 26], [1, 31, 30], [1, 31, 31]),
      assertNumStateRows(11, 1),
      assertNumRowsDropped(1),
      add(RIGHT, [1, 80]),
      check(),
      assertNumStateRows(6, 1),
      add(RIGHT, [1, 46], [1, 50]),
      check([1, 49, 50], [1, 50, 50]),
      assertNumStateRows(7, 1),
      assertNumRowsDropped(1),
    ],
  },
  ONLY_THE_GLOBAL_WATERMARK_IS_RESTORED,
);

testStream(
  'left outer with watermark range condition',
  {
    dataflow: joinOf({ type: 'left-outer', delaysS: [10, 10], lowerMs: -5000, upperMs: 5000 }),
    steps: [
      add(LEFT, [1, 5], [3, 5]),
      check(),
      add(RIGHT, [1, 10], [2, 5]),
      check([1, 5, 10]),
      add(RIGHT, [1, 11]),
      check(),
      assertNumStateRows(5, 5),
      add(LEFT, [1, 7], [1, 30]),
      check([1, 7, 10], [1, 7, 11]),
      assertNumStateRows(7, 2),
      add(RIGHT, [0, 30]),
      check([3, 5, -1]),
      assertNumStateRows(2, 1),
    ],
  },
  ONLY_THE_GLOBAL_WATERMARK_IS_RESTORED,
);

testStream(
  'left outer with watermark range condition, of minutes',
  {
    dataflow: joinOf({ type: 'left-outer', delaysS: [600, 600], lowerMs: -210_000, upperMs: 210_000 }),
    steps: [
      add(LEFT, [1, 210], [3, 5]),
      check(),
      add(RIGHT, [1, 300], [2, 5]),
      check([1, 210, 300]),
      add(RIGHT, [1, 450]),
      check(),
      assertNumStateRows(5, 5),
      add(LEFT, [1, 260], [1, 1800]),
      check([1, 260, 300], [1, 260, 450]),
      assertNumStateRows(7, 2),
      add(RIGHT, [0, 1800]),
      check([3, 5, -1]),
      assertNumStateRows(2, 1),
    ],
  },
  ONLY_THE_GLOBAL_WATERMARK_IS_RESTORED,
);

/** The same rows to both sides; the right one takes those with an even key. */
const addToBoth = (from: number, to: number): readonly StreamStep[] => {
  const times = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return [
    add(LEFT, ...times.map((time): KeyAndTime => [time, time])),
    add(RIGHT, ...times.filter((time) => time % 2 === 0).map((time): KeyAndTime => [time, time])),
  ];
};

const SELF_JOIN = { delaysS: [5, 5], lowerMs: 0, upperMs: 5000 } as const;

testStream('SPARK-26187 self left outer join should not return outer nulls for already matched rows', {
  dataflow: joinOf({ type: 'left-outer', ...SELF_JOIN }),
  steps: [
    ...addToBoth(1, 5),
    check([2, 2, 2], [4, 4, 4]),
    assertNumStateRows(7, 7),
    ...addToBoth(6, 10),
    check([6, 6, 6], [8, 8, 8], [10, 10, 10]),
    assertNumStateRows(13, 8),
    ...addToBoth(11, 15),
    check([12, 12, 12], [14, 14, 14], [1, 1, -1], [3, 3, -1]),
    assertNumStateRows(15, 7),
  ],
});

testStream(
  'SPARK-26187 restore the stream-stream inner join query from Spark 2.4: here from a stop of this engine',
  {
    dataflow: joinOf({ type: 'inner', ...SELF_JOIN }),
    steps: [
      ...addToBoth(1, 5),
      check([2, 2, 2], [4, 4, 4]),
      assertNumStateRows(7, 7),
      stop,
      start,
      // Spark infers from the equal keys that the filter of the right side holds for the left one too.
      add(LEFT, [6, 6], [8, 8], [10, 10]),
      add(RIGHT, [6, 6], [8, 8], [10, 10]),
      check([6, 6, 6], [8, 8, 8], [10, 10, 10]),
      assertNumStateRows(11, 6),
    ],
  },
);

const DAY_1_S = Date.UTC(2020, 0, 1) / SECOND_MS;
const at = (day: number, hours: number, minutes: number, seconds = 0) =>
  DAY_1_S + ((day - 1) * 24 + hours) * 3600 + minutes * 60 + seconds;

testStream(
  'SPARK-32148 stream-stream join regression on Spark 3.0.0',
  {
    dataflow: joinOf({ type: 'left-outer', delaysS: [120, 240], lowerMs: -30_000, upperMs: 30_000 }),
    steps: [
      add(LEFT, [1, at(1, 0, 0)], [1, at(2, 0, 0)], [1, at(2, 1, 0)]),
      add(RIGHT, [1, at(2, 0, 0, 10)], [1, at(2, 0, 59, 59)], [1, at(2, 2, 0)]),
      check([1, at(1, 0, 0), -1], [1, at(2, 0, 0), at(2, 0, 0, 10)], [1, at(2, 1, 0), at(2, 0, 59, 59)]),
    ],
  },
  ONLY_THE_GLOBAL_WATERMARK_IS_RESTORED,
);

testStream(
  'SPARK-38684: outer join works correctly even if processing input rows and evicting state rows for same grouping key happens in the same micro-batch',
  {
    dataflow: joinOf({ type: 'left-outer', delaysS: [0, 0], lowerMs: -30_000, upperMs: 30_000 }),
    noDataBatches: false,
    steps: [
      add(LEFT, [1, at(2, 0, 0)]),
      add(RIGHT, [1, at(2, 0, 1)]),
      check(),
      add(LEFT, [1, at(2, 1, 0)]),
      add(RIGHT, [1, at(2, 1, 1)]),
      check(),
      add(LEFT, [1, at(2, 1, 30)]),
      check([1, at(2, 0, 0), -1]),
      add(RIGHT, [1, at(2, 1, 30, 10)]),
      check([1, at(2, 1, 0), -1], [1, at(2, 1, 30), at(2, 1, 30, 10)]),
    ],
  },
  ONLY_THE_GLOBAL_WATERMARK_IS_RESTORED,
);
