import { expect, test } from 'vitest';
import { dataflow, input } from '../pipeline/index.ts';
import { MemorySink, MemorySource, MicroBatchExecution } from './execution/index.ts';
import { createMemoryFileStore } from './log/index.ts';
import { compilePlan } from './plan/index.ts';
import { createMemoryStateFactory } from './state/index.ts';
import {
  addDataTo,
  assertWatermark,
  checkLastBatch,
  checkNewAnswer,
  type StreamStep,
  start,
  stop,
  testStream,
} from './testing/stream-script.ts';

/*
 * Cases and expected watermarks from Apache Spark (Apache License 2.0),
 * sql/core/src/test/scala/org/apache/spark/sql/streaming/EventTimeWatermarkSuite.scala: "watermark with 2 streams" and "MultipleWatermarkPolicy". In the
 * place of the checkpoint of Spark 2.3.1 stands a log that, like it, names no policy.
 */

const SECOND_MS = 1000;
const SCHEMA = { timeMs: 'int64' } as const;

/** The rows of two inputs with a watermark each, as they come. */
function unionOf(firstDelayS: number, secondDelayS: number) {
  const timed = (name: string, delayS: number) =>
    input({ input: name, schema: SCHEMA, deadLetterOutput: 'dead' }).withWatermark({
      field: 'timeMs',
      delayMs: delayS * SECOND_MS,
      idleTimeoutMs: 1000,
      alignmentMaxDriftMs: 1000,
    });
  return dataflow('union').union(timed('first', firstDelayS), timed('second', secondDelayS)).sink('output');
}

const FIRST = 0;
const SECOND = 1;
const rowsOf = (timesS: readonly number[]) => timesS.map((timeS) => ({ timeMs: timeS * SECOND_MS }));
const add = (source: number, ...timesS: number[]): StreamStep => addDataTo(source, ...rowsOf(timesS));

/** Adds data to both, runs it, and asks in the batch after it, of one row that moves nothing, which watermark counts. */
const watermarkAfter = (
  firstS: readonly number[],
  secondS: readonly number[],
  watermarkMs: number,
): readonly StreamStep[] => [
  add(FIRST, ...firstS),
  add(SECOND, ...secondS),
  checkNewAnswer(...rowsOf([...firstS, ...secondS])),
  add(FIRST, 0),
  checkNewAnswer({ timeMs: 0 }),
  assertWatermark(watermarkMs),
];

testStream(
  'watermark with 2 streams',
  {
    dataflow: unionOf(10, 5),
    steps: [
      ...watermarkAfter([11], [], 0),
      ...watermarkAfter([], [6], 1000),
      ...watermarkAfter([], [8], 1000),
      ...watermarkAfter([21], [], 3000),
      ...watermarkAfter([], [17, 28, 39], 11_000),
      ...watermarkAfter([31], [], 21_000),
      ...watermarkAfter([41], [], 31_000),
      ...watermarkAfter([51], [], 34_000),
      ...watermarkAfter([100], [100], 90_000),
      ...watermarkAfter([120], [110], 105_000),
      ...watermarkAfter([130], [125], 120_000),
      ...watermarkAfter([100], [100], 120_000),
      ...watermarkAfter([140], [100], 120_000),
      ...watermarkAfter([100], [135], 130_000),
      ...watermarkAfter([200], [190], 185_000),
      stop,
      start,
      ...watermarkAfter([], [], 185_000),
      ...watermarkAfter([], [200], 185_000),
      ...watermarkAfter([200], [], 190_000),
    ],
  },
  { restartsMatter: 'of several watermarks only the one that counts is restored' },
);

/** A row of 1 s to a source: its batch runs with this watermark. */
const checkWatermark = (source: number, watermarkS: number): readonly StreamStep[] => [
  add(source, 1),
  assertWatermark(watermarkS * SECOND_MS),
];
const lastBatch = (...timesS: number[]): StreamStep => checkLastBatch(...rowsOf(timesS));

const MAX_STEPS: readonly StreamStep[] = [
  add(FIRST, 20),
  add(SECOND, 30),
  lastBatch(20, 30),
  ...checkWatermark(FIRST, 15),
  stop,
  start,
  ...checkWatermark(FIRST, 15),
  add(FIRST, 120),
  add(SECOND, 130),
  lastBatch(120, 130),
  ...checkWatermark(FIRST, 115),
  add(FIRST, 150),
  lastBatch(150),
  ...checkWatermark(FIRST, 140),
];

testStream('MultipleWatermarkPolicy: max', {
  dataflow: unionOf(10, 15),
  watermarkPolicy: 'max',
  steps: MAX_STEPS,
});

testStream(
  'MultipleWatermarkPolicy: recovery from checkpoints ignores session conf',
  { dataflow: unionOf(10, 15), watermarkPolicy: 'max', restartPolicy: 'min', steps: MAX_STEPS },
  { restartsMatter: 'the first batch fixes the policy, not the first start' },
);

test('MultipleWatermarkPolicy: recovery from Spark ver 2.3.1 checkpoints ensures min policy', async () => {
  const files = createMemoryFileStore();
  const metadata = JSON.stringify({ batchWatermarkMs: 0, batchTimestampMs: 1, conf: {} });
  const offsets = '{"memory":{"0":0}}';
  await files.create('offsets/0', `v1\n${metadata}\n${offsets}\n${offsets}`);
  await files.create('commits/0', 'v1\n{"nextBatchWatermarkMs":0}');
  const sources = [new MemorySource(SCHEMA), new MemorySource(SCHEMA)] as const;
  const execution = await MicroBatchExecution.restore({
    plan: compilePlan(unionOf(10, 15)),
    sources,
    sink: new MemorySink(),
    files,
    openStores: (counted) => createMemoryStateFactory(counted, 3),
    clock: { nowMs: () => 0, monotonicNs: () => 0n },
    settings: {
      maxRecordsPerBatch: 0,
      noDataBatches: true,
      retainedBatches: 100,
      statePartitions: 1,
      watermarkPolicy: 'max',
    },
  });
  sources[FIRST].add(rowsOf([120]));
  sources[SECOND].add(rowsOf([130]));
  await execution.runBatch();
  expect(execution.watermarkMs).toBe(110_000);
  sources[SECOND].add(rowsOf([150]));
  await execution.runBatch();
  expect(execution.watermarkMs).toBe(110_000);
});

testStream('MultipleWatermarkPolicy: min', {
  dataflow: unionOf(10, 15),
  watermarkPolicy: 'min',
  steps: [
    add(FIRST, 20),
    add(SECOND, 30),
    lastBatch(20, 30),
    ...checkWatermark(FIRST, 10),
    stop,
    start,
    ...checkWatermark(FIRST, 10),
    add(FIRST, 120),
    add(SECOND, 130),
    lastBatch(120, 130),
    ...checkWatermark(SECOND, 110),
    add(SECOND, 150),
    lastBatch(150),
    ...checkWatermark(SECOND, 110),
  ],
});

const ONE_WATERMARK = {
  field: 'timeMs',
  delayMs: 10 * SECOND_MS,
  idleTimeoutMs: 1000,
  alignmentMaxDriftMs: 1000,
} as const;
const untimed = (name: string) => input({ input: name, schema: SCHEMA, deadLetterOutput: 'dead' });

/* Not from Spark: there too a watermark node behind a union is one, whichever input its rows come from. */
testStream('a watermark behind a union is one: the input that is ahead moves it', {
  dataflow: dataflow('union')
    .union(untimed('first'), untimed('second'))
    .withWatermark(ONE_WATERMARK)
    .sink('output'),
  steps: [add(FIRST, 30), lastBatch(30), ...checkWatermark(SECOND, 20)],
});
