import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AsyncMapNode, Row } from '../../pipeline/index.ts';
import { AsyncOperator, pendingStateSchema } from './index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A call that takes as long as the row says, and gives the row's number doubled. */
const slowly = async (row: Row): Promise<readonly Row[]> => {
  await new Promise((resolve) => setTimeout(resolve, row.tookMs as number));
  return [{ number: 2 * (row.number as number) }];
};

function operatorOf(node: Partial<AsyncMapNode> = {}) {
  const out: (number | string)[] = [];
  const failures: unknown[] = [];
  const room = { blocked: false };
  const operator = new AsyncOperator({
    node: {
      kind: 'asyncMap',
      schema: {},
      order: 'ordered',
      capacity: 4,
      timeoutMs: 100,
      call: slowly,
      ...node,
    },
    withRaw: true,
    downstream: {
      get blocked() {
        return room.blocked;
      },
      row: (row, timestampMs) => void out.push(`${row.number}@${timestampMs}`),
      emitWatermark: (watermarkMs) => void out.push(watermarkMs),
      emitStatus: (status) => void out.push(status),
    },
    onResult: () => operator.drain(),
    onFailure: (error) => failures.push(error),
  });
  const give = (number: number, tookMs: number) =>
    operator.element({ number, tookMs }, number, { buffer: Buffer.from(`[${number}]`), start: 0, end: 3 }, 0);
  return { operator, out, failures, room, give };
}

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms);

// As in Flink's AsyncWaitOperatorTest (flink-streaming-java/src/test/java/org/apache/flink/streaming/api/operators/async/):
// testEventTimeOrdered, testEventTimeUnordered.
test.each([
  ['ordered', ['2@1', '4@2', 5, '6@3']],
  ['unordered', ['4@2', '2@1', 5, '6@3']],
] as const)(
  '%s: rows keep the times that they came with, and the watermark its place',
  async (order, expected) => {
    const { operator, out, give } = operatorOf({ order });
    operator.watermark(-5);
    give(1, 30);
    give(2, 10);
    operator.watermark(5);
    give(3, 20);
    await later(15);
    await later(30);
    expect(out).toEqual([-5, ...expected]);
    expect(operator.isEmpty).toBe(true);
  },
);

test('it is full at its capacity, and has room as soon as a row leaves', async () => {
  const { operator, give } = operatorOf({ capacity: 2 });
  give(1, 10);
  expect(operator.full).toBe(false);
  give(2, 30);
  expect(operator.full).toBe(true);
  await later(10);
  expect(operator.full).toBe(false);
});

test('nothing leaves while what follows is blocked', async () => {
  const { operator, out, room, give } = operatorOf();
  room.blocked = true;
  give(1, 10);
  operator.status('idle');
  await later(10);
  expect([out, operator.isEmpty]).toEqual([[], false]);
  room.blocked = false;
  operator.drain();
  expect(out).toEqual(['2@1', 'idle']);
});

// AsyncWaitOperatorTest.testAsyncTimeoutFailure, testAsyncTimeoutIgnore.
test('a call that runs out of time fails the job, or gives what stands in for it; its result counts for nothing', async () => {
  const failing = operatorOf();
  failing.give(1, 150);
  await later(200);
  expect(failing.out).toEqual([]);
  expect(failing.failures).toEqual([expect.objectContaining({ code: 'EVENT_ASYNC_CALL_FAILED' })]);

  const standing = operatorOf({ orElse: (row) => [{ number: -(row.number as number) }] });
  standing.give(1, 150);
  standing.give(2, 10);
  await later(200);
  expect([standing.out, standing.failures]).toEqual([['-1@1', '4@2'], []]);
});

// AsyncWaitOperatorTest.testProcessingTimeWithRetry*.
test('a failed call is made again after the delay, as often as there are attempts', async () => {
  const calls: number[] = [];
  const call = async (row: Row): Promise<readonly Row[]> => {
    calls.push(row.number as number);
    if (calls.length < 3) throw new Error('not yet');
    return [row];
  };
  const { out, failures, give } = operatorOf({ call, retry: { attempts: 3, delayMs: 50 } });
  give(7, 0);
  await later(60);
  expect(calls).toEqual([7, 7]);
  await later(60);
  expect([calls, out, failures]).toEqual([[7, 7, 7], ['7@7'], []]);

  calls.length = 0;
  const given = operatorOf({ call, retry: { attempts: 2, delayMs: 0 } });
  given.give(7, 0);
  await later(10);
  expect(String(given.failures[0])).toContain('each of 2 attempts, the last time so: not yet');
});

test('the signal of a call is aborted at its time-out and when the engine stops', async () => {
  const signals: AbortSignal[] = [];
  const call = (_row: Row, signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<readonly Row[]>(() => {});
  };
  const { operator, failures, give } = operatorOf({ call, orElse: () => [] });
  give(1, 0);
  await later(100);
  expect(signals[0]?.aborted).toBe(true);
  give(2, 0);
  operator.close();
  await later(1);
  expect([signals[1]?.aborted, failures]).toEqual([true, []]);
});

// AsyncWaitOperatorTest.testStateSnapshotAndRestore.
test.each(['ordered', 'unordered'] as const)(
  '%s: what is inside crosses a checkpoint after any step, and its calls are made again',
  async (order) => {
    const steps = [
      ['row', 1],
      ['row', 2],
      ['watermark', 10],
      ['row', 3],
      ['watermark', 20],
      ['row', 4],
    ] as const;
    for (let cut = 0; cut <= steps.length; cut++) {
      const before = operatorOf({ order, capacity: 2 });
      const after = operatorOf({ order, capacity: 2 });
      const apply = ({ operator, give }: typeof before, [kind, value]: (typeof steps)[number]) =>
        kind === 'row' ? give(value, 50 - 10 * value) : operator.watermark(value);
      for (const step of steps.slice(0, cut)) apply(before, step);
      await later(15);
      const state = pendingStateSchema.parse(JSON.parse(JSON.stringify(before.operator.pending())));
      before.operator.close();
      after.operator.restore(state);
      for (const step of steps.slice(cut)) apply(after, step);
      await later(500);
      const out = [...before.out, ...after.out];
      const place = (value: number | string) => out.indexOf(value);
      expect(out).toHaveLength(6);
      expect(new Set(out)).toEqual(new Set(['2@1', '4@2', 10, '6@3', 20, '8@4']));
      expect(Math.max(place('2@1'), place('4@2'))).toBeLessThan(place(10));
      expect([place(10), place('6@3'), place(20), place('8@4')]).toEqual([2, 3, 4, 5]);
      if (order === 'ordered') expect(place('2@1')).toBeLessThan(place('4@2'));
    }
  },
);

test('the bytes of the input records cross a checkpoint', () => {
  const { operator, give } = operatorOf();
  give(1, 10);
  expect(operator.pending()).toEqual([
    {
      row: { number: 1, tookMs: 10 },
      timestampMs: 1,
      partition: 0,
      raw: Buffer.from('[1]').toString('base64'),
    },
  ]);
});
