import { expect, test } from 'vitest';
import { count, dataflow } from '../../pipeline/index.ts';
import {
  addData,
  addDataTo,
  advanceClock,
  assertNumRowsDropped,
  assertNumStateRows,
  assertWatermark,
  checkLastBatch,
  checkNewAnswer,
  playStream,
  type StreamStep,
  start,
  stop,
  testStream,
} from './stream-script.ts';

const windows = dataflow('windows')
  .source({ input: 'input', schema: { key: 'utf8', timeMs: 'int64' }, deadLetterOutput: 'dead' })
  .withWatermark({ field: 'timeMs', delayMs: 10, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 })
  .keyBy('key')
  .window({ type: 'tumbling', sizeMs: 5, offsetMs: 0 }, { kind: 'count' })
  .aggregate({ n: count() }, { emit: 'final' })
  .sink('output');
const closed = { key: 'a', windowStartMs: 10, windowEndMs: 15, n: 2 };
const STEPS: readonly StreamStep[] = [
  addData({ key: 'a', timeMs: 10 }, { key: 'a', timeMs: 11 }),
  checkNewAnswer(),
  assertNumStateRows(1, 1),
  addData({ key: 'a', timeMs: 25 }),
  checkNewAnswer(closed),
  assertNumStateRows(1, 1),
  stop,
  start,
  addData({ key: 'a', timeMs: 10 }),
  checkNewAnswer(),
  assertNumRowsDropped(1),
  assertWatermark(15),
];

testStream('a script runs through windows and restarts', { dataflow: windows, steps: STEPS });

testStream('a manual clock runs a batch at each advance', {
  dataflow: windows,
  trigger: 'clock',
  steps: [
    addDataTo(0, { key: 'a', timeMs: 10 }, { key: 'a', timeMs: 11 }, { key: 'b', timeMs: 25 }),
    checkNewAnswer(),
    advanceClock(100),
    checkNewAnswer(),
    advanceClock(100),
    checkLastBatch(closed),
  ],
});

test.each<[string, StreamStep]>([
  ['an answer', checkNewAnswer(closed)],
  ['state', assertNumStateRows(2, 2)],
  ['a count of late rows', assertNumRowsDropped(1)],
  ['a watermark', assertWatermark(1)],
])('%s that is not so fails the script', async (_name, wrong) => {
  const steps = [addData({ key: 'a', timeMs: 10 }), wrong];
  await expect(playStream({ dataflow: windows, steps }, 'as written')).rejects.toThrow(/step 1/);
});
