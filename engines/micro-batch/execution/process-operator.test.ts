import { expect, test } from 'vitest';
import type { KeyedProcess, Row, Schema } from '../../pipeline/index.ts';
import { columnsOfRows } from '../columnar/index.ts';
import { createMemoryFileStore } from '../log/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';
import { makeOperator } from './make-operator.ts';

const SCHEMA: Schema = { user: 'int64', timeMs: 'int64', note: 'utf8' };

/** A driver of one keyed function: each call is a batch under a watermark, and gives the rows put out. */
function drive(process: KeyedProcess) {
  const operator = makeOperator(
    {
      kind: 'process',
      dataflow: 'keyed',
      key: { field: 'user', type: 'number' },
      eventTime: { field: 'timeMs', delayMs: 0 },
      process,
      orderBy: 'timeMs',
      states: {},
    },
    createMemoryStateFactory(createMemoryFileStore(), 10),
    1,
  );
  let version = 0;
  let previousMs = 0;
  return async (currentMs: number, rows: readonly Row[] = []) => {
    const watermarks = { lateMs: previousMs, currentMs };
    const run = await operator.run({
      version,
      inputs: [[columnsOfRows(rows, SCHEMA)]],
      watermarks,
      timestampMs: 0,
    });
    await run.commit();
    version++;
    previousMs = currentMs;
    return { rows: run.rows.map(({ row }) => row), ...run.metrics };
  };
}

const row = (user: number, timeMs: number, note = ''): Row => ({ user, timeMs, note });

test('rows of a key come sorted, ties in arrival order, with the key in its own type', async () => {
  const batch = drive({
    processRows(rows, context) {
      context.emit({ key: context.key, notes: rows.map(({ note }) => note).join('') });
    },
  });
  const { rows } = await batch(0, [
    row(2, 5, 'x'),
    row(1, 9, 'c'),
    row(1, 3, 'a'),
    row(1, 9, 'd'),
    row(1, 4, 'b'),
  ]);
  expect(rows).toEqual([
    { key: 2, notes: 'x' },
    { key: 1, notes: 'abcd' },
  ]);
});

test('timers fire in order of time, each once, when the watermark reaches them', async () => {
  const batch = drive({
    processRows(rows, context) {
      for (const { timeMs } of rows) context.registerEventTimeTimer((timeMs as number) + 10);
    },
    onEventTimeTimer(timeMs, context) {
      context.emit({ key: context.key, timeMs, watermarkMs: context.currentWatermarkMs });
    },
  });
  await batch(0, [row(1, 30), row(1, 30), row(1, 10), row(2, 20)]);
  expect((await batch(29)).rows).toEqual([{ key: 1, timeMs: 20, watermarkMs: 29 }]);
  expect((await batch(30)).rows).toEqual([{ key: 2, timeMs: 30, watermarkMs: 30 }]);
  expect(await batch(40)).toMatchObject({
    rows: [{ key: 1, timeMs: 40, watermarkMs: 40 }],
    stateRows: 0,
  });
  expect((await batch(50)).rows).toEqual([]);
});

test('a timer for a time already passed waits for the next watermark; one set by a timer fires in the same pass', async () => {
  const batch = drive({
    processRows(_rows, context) {
      context.registerEventTimeTimer(5);
    },
    onEventTimeTimer(timeMs, context) {
      context.emit({ timeMs });
      if (timeMs === 5) context.registerEventTimeTimer(7);
      if (timeMs === 7) context.registerEventTimeTimer(1000);
    },
  });
  await batch(100);
  expect((await batch(110, [row(1, 120)])).rows).toEqual([]);
  expect((await batch(110)).rows).toEqual([]);
  expect((await batch(111)).rows).toEqual([{ timeMs: 5 }, { timeMs: 7 }]);
});

test('a timer that a row deletes in the batch whose watermark reaches it does not fire', async () => {
  const batch = drive({
    processRows(rows, context) {
      if (rows[0]?.note === 'cancel') context.deleteEventTimeTimer(50);
      else context.registerEventTimeTimer(50);
    },
    onEventTimeTimer(timeMs, context) {
      context.emit({ timeMs });
    },
  });
  await batch(0, [row(1, 10), row(2, 10)]);
  expect((await batch(60, [row(1, 61, 'cancel')])).rows).toEqual([{ timeMs: 50 }]);
});

test('state is a copy: an object changed after setState is not what is kept', async () => {
  const shared = { seen: 0 };
  const batch = drive({
    processRows(rows, context) {
      context.emit({ before: (context.state as { seen: number } | undefined)?.seen ?? -1 });
      shared.seen += rows.length;
      context.setState(shared);
      shared.seen += 100;
    },
  });
  await batch(0, [row(1, 1)]);
  expect((await batch(0, [row(1, 2)])).rows).toEqual([{ before: 1 }]);
});

test('rows at or below the previous watermark are late only where the function has timers', async () => {
  const seen: KeyedProcess = {
    processRows(rows, context) {
      context.emit({ count: rows.length });
    },
  };
  const without = drive(seen);
  await without(100);
  expect(await without(100, [row(1, 100)])).toMatchObject({ rows: [{ count: 1 }], lateRecords: 0 });
  const timed = drive({ ...seen, onEventTimeTimer() {} });
  await timed(100);
  expect(await timed(100, [row(1, 100), row(1, 101)])).toMatchObject({
    rows: [{ count: 1 }],
    lateRecords: 1,
  });
});

test('before the first watermark it is -Infinity', async () => {
  const batch = drive({
    processRows(_rows, context) {
      context.emit({ watermarkMs: context.currentWatermarkMs });
    },
  });
  expect((await batch(0, [row(1, 1)])).rows).toEqual([{ watermarkMs: Number.NEGATIVE_INFINITY }]);
});

test('a batch that failed leaves state and timers as they were', async () => {
  let fails = true;
  const batch = drive({
    processRows(rows, context) {
      const total = ((context.state as number | undefined) ?? 0) + rows.length;
      context.setState(total);
      context.registerEventTimeTimer(50 + total);
      if (total === 2 && fails) throw new Error('not yet');
    },
    onEventTimeTimer(timeMs, context) {
      context.emit({ timeMs, total: context.state as number });
    },
  });
  await batch(0, [row(1, 10)]);
  await expect(batch(20, [row(1, 30)])).rejects.toMatchObject({
    code: 'MICRO_BATCH_FUNCTION_FAILED',
    details: { dataflow: 'keyed', function: 'processRows', key: 1, batchId: 1 },
  });
  fails = false;
  expect((await batch(20, [row(1, 30)])).rows).toEqual([]);
  expect((await batch(60)).rows).toEqual([
    { timeMs: 51, total: 2 },
    { timeMs: 52, total: 2 },
  ]);
});

test('processing time is for functions with a timer of it alone', async () => {
  const batch = drive({
    processRows(_rows, context) {
      context.registerProcessingTimeTimer(5);
    },
  });
  await expect(batch(0, [row(1, 1)])).rejects.toMatchObject({ code: 'PIPELINE_PROCESSING_TIME_UNDECLARED' });
});
