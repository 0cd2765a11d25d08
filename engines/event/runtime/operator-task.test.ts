import { expect, test } from 'vitest';
import { allocateCells, SlotMeter } from '../introspection/index.ts';
import type { KeyedOperator } from '../operator/index.ts';
import { OperatorTask } from './operator-task.ts';

/** Records what it is given. With `fetch`, elements and timers have to wait for state. */
function recorder(fetch: boolean) {
  const seen: unknown[] = [];
  const fetches: (() => void)[] = [];
  const fetching = () => (fetch ? new Promise<void>((resolve) => fetches.push(resolve)) : undefined);
  const operator: KeyedOperator<undefined> = {
    processElement: (key) => seen.push(key),
    processWatermark: (watermarkMs) => seen.push(watermarkMs),
    prefetch: (keys) => {
      seen.push(['fetch', ...keys]);
      return fetching();
    },
    prefetchTimers: (watermarkMs) => {
      seen.push(['timers', watermarkMs]);
      return fetching();
    },
    nextProcessingTimeMs: 70,
    processProcessingTime: (nowMs) => seen.push(['now', nowMs]),
    prefetchProcessingTimers: (nowMs) => {
      seen.push(['processing timers', nowMs]);
      return fetching();
    },
  };
  const settle = async () => {
    for (const resolve of fetches.splice(0)) resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { operator, seen, settle };
}

function taskOver(
  operator: KeyedOperator<undefined>,
  state: 'at-hand' | 'fetched',
  restoredWatermarkMs = -Infinity,
) {
  const told: unknown[] = [];
  const task = new OperatorTask({
    operator: operator as ConstructorParameters<typeof OperatorTask>[0]['operator'],
    channels: 2,
    inputOfSource: [0],
    state,
    restoredWatermarkMs,
    meter: new SlotMeter({ memory: allocateCells(1), slot: 0, monotonicNs: () => 7n }),
    monotonicNs: () => 7n,
    onWatermark: (watermarkMs) => told.push(watermarkMs),
    onAligned: (checkpointId) => told.push(`snapshot ${checkpointId}`),
    onResume: () => told.push('resume'),
    onFailure: (error) => told.push(error),
  });
  return { task, told };
}

test('state at hand: elements and watermarks reach the operator at once', () => {
  const { operator, seen } = recorder(false);
  const { task, told } = taskOver(operator, 'at-hand');
  task.element('a', {}, 1, undefined);
  task.watermark(0, 5, 0);
  task.watermark(1, 3, 0);
  task.status(1, 'idle', 0);
  expect(seen).toEqual(['a', 3, 5]);
  expect(told).toEqual([3, 5]);
});

test('a restored operator meets its old watermark before any element', () => {
  const { operator, seen } = recorder(false);
  const { task } = taskOver(operator, 'at-hand', 40);
  task.element('a', {}, 1, undefined);
  expect(seen).toEqual([40, 'a']);
});

test('the snapshot is taken when all channels sent their barrier, and they are released with it', () => {
  const { operator } = recorder(false);
  const { task, told } = taskOver(operator, 'at-hand');
  task.barrier(1, 4);
  expect([task.isBlocked(0), task.isBlocked(1), told]).toEqual([false, true, []]);
  task.barrier(0, 4);
  expect([task.isBlocked(0), task.isBlocked(1), told]).toEqual([false, false, ['snapshot 4']]);
});

test('state to be fetched: everything keeps its order behind the fetches, and the task is busy meanwhile', async () => {
  const { operator, seen, settle } = recorder(true);
  const { task, told } = taskOver(operator, 'fetched');
  task.element('a', {}, 1, undefined);
  task.element('b', {}, 2, undefined);
  task.watermark(0, 5, 0);
  task.watermark(1, 5, 0);
  task.element('c', {}, 3, undefined);
  task.barrier(0, 1);
  expect(task.busy).toBe(true);
  expect(seen).toEqual([['fetch', 'a', 'b']]);
  await settle();
  expect(seen.splice(0)).toEqual([['fetch', 'a', 'b'], 'a', 'b', ['timers', 5]]);
  await settle();
  expect(seen.splice(0)).toEqual([5, ['fetch', 'c']]);
  expect(told).toEqual([5]);
  await settle();
  expect(seen).toEqual(['c']);
  expect([task.busy, told]).toEqual([false, [5, 'resume']]);
  task.barrier(1, 1);
  expect(told).toEqual([5, 'resume', 'snapshot 1']);
});

test('processing-time timers fire at once with their state at hand, and behind what was given before where it is fetched', async () => {
  const atHand = recorder(false);
  taskOver(atHand.operator, 'at-hand').task.processingTime(80);
  expect(atHand.seen).toEqual([['now', 80]]);

  const { operator, seen, settle } = recorder(true);
  const { task } = taskOver(operator, 'fetched');
  task.element('a', {}, 1, undefined);
  task.processingTime(80);
  expect([task.busy, seen]).toEqual([true, [['fetch', 'a']]]);
  await settle();
  expect(seen.splice(0)).toEqual([['fetch', 'a'], 'a', ['processing timers', 80]]);
  await settle();
  expect([task.busy, seen]).toEqual([false, [['now', 80]]]);
});

test('processing time stops with the end of the input', () => {
  const { task } = taskOver(recorder(false).operator, 'at-hand');
  expect(task.nextProcessingTimeMs).toBe(70);
  for (const channel of [0, 1]) task.watermark(channel, Number.POSITIVE_INFINITY, 0);
  expect(task.nextProcessingTimeMs).toBe(Number.POSITIVE_INFINITY);
});
