// Long because it is data: scripts of one suite of Spark's, each under the name of the test it is from.
import { describe, expect, test } from 'vitest';
import { dataflow, type GroupStateNode, type Row } from '../pipeline/index.ts';
import { GroupStateCall } from './execution/group-state-call.ts';
import {
  addData,
  advanceClock,
  assertNumStateRows,
  checkNewAnswer,
  playStream,
  start,
  stop,
  testStream,
} from './testing/stream-script.ts';

/*
 * Spark's FlatMapGroupsWithStateSuite and GroupStateSuite as data (apache/spark, Apache License 2.0,
 * sql/core/src/test/scala/org/apache/spark/sql/streaming), times of streams in seconds there. Not ported: batch queries, checkpoints of older
 * formats, an aggregation behind the function, a union of its output, output partitioning, durations as text, Java's Date, and a state of null,
 * which here is a value as any other. Long, since it holds the cases of two suites. The original counts removed groups among the updated ones, as Spark did before it told them apart
 * (the vectors of Spark 4.1 do); what was updated is checked where nothing was removed.
 */

const SCHEMA = { key: 'utf8', timeMs: 'int64' } as const;
const COUNT = { key: 'utf8', count: 'int64' } as const;
const source = () =>
  dataflow('grouped').source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' });
const watermark = (delayMs: number) =>
  ({ field: 'timeMs', delayMs, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 }) as const;

const keys = (...names: string[]): Row[] => names.map((key) => ({ key, timeMs: 0 }));
const at = (key: string, seconds: number): Row => ({ key, timeMs: seconds * 1000 });
const counted = (key: string, count: number): Row => ({ key, count });

/** Counts up to 2, and forgets the group at 3, for which it puts out what `atThree` says. */
const countToThree = (atThree?: number) =>
  source()
    .keyBy('key')
    .groupState<number, typeof COUNT>({
      timeout: 'none',
      emit: 'changes',
      orderBy: 'timeMs',
      outputSchema: COUNT,
      apply(rows, group) {
        const count = (group.state ?? 0) + rows.length;
        const key = group.key as string;
        if (count === 3) {
          group.remove();
          if (atThree !== undefined) group.emit({ key, count: atThree });
        } else {
          group.update(count);
          group.emit({ key, count });
        }
      },
    })
    .sink('output');

testStream('flatMapGroupsWithState - streaming', {
  dataflow: countToThree(),
  steps: [
    addData(...keys('a')),
    checkNewAnswer(counted('a', 1)),
    assertNumStateRows(1, 1),
    addData(...keys('a', 'b')),
    checkNewAnswer(counted('a', 2), counted('b', 1)),
    assertNumStateRows(2, 2),
    stop,
    start,
    addData(...keys('a', 'b')),
    checkNewAnswer(counted('b', 2)),
    stop,
    start,
    addData(...keys('a', 'c')),
    checkNewAnswer(counted('a', 1), counted('c', 1)),
  ],
});

testStream('mapGroupsWithState - streaming', {
  dataflow: countToThree(-1),
  steps: [
    addData(...keys('a')),
    checkNewAnswer(counted('a', 1)),
    addData(...keys('a', 'b')),
    checkNewAnswer(counted('a', 2), counted('b', 1)),
    stop,
    start,
    addData(...keys('a', 'b')),
    checkNewAnswer(counted('a', -1), counted('b', 2)),
    stop,
    start,
    addData(...keys('a', 'c')),
    checkNewAnswer(counted('a', 1), counted('c', 1)),
  ],
});

/** Counts, and tells -1 when nothing came for 10 seconds of the clock. */
const countWithTimeout = (rows: ReturnType<typeof source>) =>
  rows
    .keyBy('key')
    .groupState<number, typeof COUNT>({
      timeout: 'processing-time',
      emit: 'changes',
      orderBy: 'timeMs',
      outputSchema: COUNT,
      apply(input, group) {
        const key = group.key as string;
        if (group.hasTimedOut) {
          group.remove();
          group.emit({ key, count: -1 });
          return;
        }
        const count = (group.state ?? 0) + input.length;
        group.update(count);
        group.setTimeoutDuration(10_000);
        group.emit({ key, count });
      },
    })
    .sink('output');

testStream('flatMapGroupsWithState - streaming with processing time timeout', {
  dataflow: countWithTimeout(source()),
  trigger: 'clock',
  steps: [
    addData(...keys('a')),
    advanceClock(1_000),
    checkNewAnswer(counted('a', 1)),
    assertNumStateRows(1, 1),
    addData(...keys('b')),
    advanceClock(1_000),
    checkNewAnswer(counted('b', 1)),
    assertNumStateRows(2, 1),
    addData(...keys('b')),
    advanceClock(10_000),
    checkNewAnswer(counted('a', -1), counted('b', 2)),
    stop,
    start,
    addData(...keys('c')),
    advanceClock(11_000),
    checkNewAnswer(counted('b', -1), counted('c', 1)),
    advanceClock(12_000),
    checkNewAnswer(counted('c', -1)),
  ],
});

testStream('SPARK-20714: watermark does not fail query when timeout = ProcessingTimeTimeout', {
  dataflow: countWithTimeout(source().withWatermark(watermark(10_000)) as never),
  trigger: 'clock',
  steps: [addData(at('a', 1)), advanceClock(1_000), checkNewAnswer(counted('a', 1))],
});

testStream('flatMapGroupsWithState - streaming w/ event time timeout + watermark', {
  dataflow: source()
    .withWatermark(watermark(10_000))
    .keyBy('key')
    .groupState<number, typeof COUNT>({
      timeout: 'event-time',
      emit: 'changes',
      orderBy: 'timeMs',
      outputSchema: COUNT,
      apply(rows, group) {
        const key = group.key as string;
        if (group.hasTimedOut) {
          group.remove();
          group.emit({ key, count: -1 });
          return;
        }
        const highest = Math.max(group.state ?? 0, ...rows.map(({ timeMs }) => timeMs / 1000));
        group.update(highest);
        group.setTimeoutTimestamp((highest + 5) * 1000);
        group.emit({ key, count: highest });
      },
    })
    .sink('output'),
  steps: [
    addData(at('a', 11), at('a', 13), at('a', 15)),
    checkNewAnswer(counted('a', 15)),
    addData(at('a', 4)),
    checkNewAnswer(),
    addData(at('a', 10)),
    checkNewAnswer(counted('a', 15)),
    addData(at('b', 31)),
    checkNewAnswer(counted('a', -1), counted('b', 31)),
  ],
});

test('StateStore.abort on task failure handling', async () => {
  const counts = source()
    .keyBy('key')
    .groupState<number, typeof COUNT>({
      timeout: 'none',
      emit: 'changes',
      orderBy: 'timeMs',
      outputSchema: COUNT,
      apply(rows, group) {
        const count = (group.state ?? 0) + rows.length;
        group.update(count);
        if (count === 3) throw new Error('expected failure');
        group.emit({ key: group.key as string, count });
      },
    })
    .sink('output');
  const steps = [
    addData(...keys('a')),
    checkNewAnswer(counted('a', 1)),
    addData(...keys('a')),
    checkNewAnswer(counted('a', 2)),
    addData(...keys('a')),
    checkNewAnswer(),
  ];
  await expect(playStream({ dataflow: counts, steps }, 'as written')).rejects.toMatchObject({
    code: 'MICRO_BATCH_FUNCTION_FAILED',
    message: 'The function groupState of dataflow "grouped" failed for key a in batch 2: expected failure',
  });
});

/** As in InputProcessor's tests: the batch's time and watermark, and what lies just before and after them. */
const TIMES = { watermarkMs: 1000, timestampMs: 1000 };

type Timeout = GroupStateNode['timeout'];

function callOf(timeout: Timeout, before?: { readonly state?: number; readonly timeoutMs?: number }) {
  const node: GroupStateNode = {
    kind: 'groupState',
    apply() {},
    timeout,
    emit: 'changes',
    orderBy: 'timeMs',
    outputSchema: COUNT,
  };
  const key = { field: 'key', type: 'utf8' } as const;
  const plan = { kind: 'group-state', dataflow: 'grouped', key, eventTime: undefined, node } as const;
  return new GroupStateCall({ plan, key: 'a', before, hasTimedOut: false, times: TIMES, emit() {} });
}

const kept = (value: { readonly state?: number; readonly timeoutMs?: number }) => ({ kind: 'kept', value });
const PRIORS = [
  { name: 'no prior state', before: undefined },
  { name: 'prior state set, no prior timeout', before: { state: 0 } },
  { name: 'prior state set, prior timeout set', before: { state: 0, timeoutMs: 1000 } },
  { name: 'no prior state, prior timeout set', before: { timeoutMs: 1000 } },
];
const INVALID = expect.objectContaining({ code: 'MICRO_BATCH_TIMEOUT_INVALID' });

describe.each(PRIORS)('state updates, $name', ({ before }) => {
  test.each(['none', 'processing-time', 'event-time'] as const)('%s timeout', (timeout) => {
    const untouched = callOf(timeout, before);
    expect(untouched.currentProcessingTimeMs).toBe(1000);
    const forgotten = before?.state === undefined ? { kind: 'removed' } : kept({ state: before.state });
    expect(untouched.outcome()).toEqual(before?.timeoutMs === undefined ? { kind: 'unchanged' } : forgotten);
    const updated = callOf(timeout, before);
    updated.update(5);
    expect(updated.outcome()).toEqual(kept({ state: 5 }));
    const removed = callOf(timeout, before);
    removed.remove();
    expect(removed.outcome()).toEqual({ kind: 'removed' });
  });

  test('processing-time timeouts are set with and without state', () => {
    const both = callOf('processing-time', before);
    both.update(5);
    both.setTimeoutDuration(5000);
    expect(both.outcome()).toEqual(kept({ state: 5, timeoutMs: 6000 }));
    const afterRemoval = callOf('processing-time', before);
    afterRemoval.remove();
    afterRemoval.setTimeoutDuration(5000);
    expect(afterRemoval.outcome()).toEqual(kept({ timeoutMs: 6000 }));
  });

  test('event-time timeouts are set with and without state, and not to before the watermark', () => {
    const both = callOf('event-time', before);
    both.update(5);
    both.setTimeoutTimestamp(5000);
    expect(both.outcome()).toEqual(kept({ state: 5, timeoutMs: 5000 }));
    const afterRemoval = callOf('event-time', before);
    afterRemoval.remove();
    afterRemoval.setTimeoutTimestamp(10_000);
    expect(afterRemoval.outcome()).toEqual(kept({ timeoutMs: 10_000 }));
    const tooEarly = callOf('event-time', before);
    tooEarly.update(5);
    expect(() => tooEarly.setTimeoutTimestamp(999)).toThrow(INVALID);
    expect(tooEarly.outcome()).toEqual(kept({ state: 5 }));
    tooEarly.setTimeoutTimestamp(1000);
    expect(tooEarly.outcome()).toEqual(kept({ state: 5, timeoutMs: 1000 }));
  });
});

test('GroupState - get, exists, update, remove', () => {
  const empty = callOf('none');
  expect(empty.state).toBeUndefined();
  empty.update('');
  expect(empty.state).toBe('');
  const full = callOf('none', { state: 2 });
  expect(full.state).toBe(2);
  full.update(3);
  expect(full.state).toBe(3);
  full.remove();
  expect(full.state).toBeUndefined();
  full.remove();
  full.update(4);
  expect(full.state).toBe(4);
});

test.each([
  {
    name: 'with NoTimeout, a duration',
    timeout: 'none',
    set: (call: GroupStateCall) => call.setTimeoutDuration(1),
  },
  {
    name: 'with NoTimeout, a time',
    timeout: 'none',
    set: (call: GroupStateCall) => call.setTimeoutTimestamp(5000),
  },
  {
    name: 'a time for processing time',
    timeout: 'processing-time',
    set: (call: GroupStateCall) => call.setTimeoutTimestamp(5000),
  },
  {
    name: 'a duration for event time',
    timeout: 'event-time',
    set: (call: GroupStateCall) => call.setTimeoutDuration(500),
  },
  {
    name: 'a duration below 0',
    timeout: 'processing-time',
    set: (call: GroupStateCall) => call.setTimeoutDuration(-1000),
  },
  {
    name: 'a duration of 0',
    timeout: 'processing-time',
    set: (call: GroupStateCall) => call.setTimeoutDuration(0),
  },
  {
    name: 'a time below 0',
    timeout: 'event-time',
    set: (call: GroupStateCall) => call.setTimeoutTimestamp(-10_000),
  },
] as const)('GroupState - illegal: $name', ({ timeout, set }) => {
  const call = callOf(timeout, { state: 5 });
  expect(() => set(call)).toThrow(INVALID);
  expect(call.outcome()).toEqual({ kind: 'unchanged' });
});

test('the error of a timeout names key and time', () => {
  expect(() => callOf('event-time').setTimeoutTimestamp(999)).toThrow(
    'The groupState function of dataflow "grouped" set a timeout of 999 ms for key a: the watermark 1000 is past it.',
  );
});
