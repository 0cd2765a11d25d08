import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  describeIntervalJoinContract,
  type JoinBounds,
  type JoinedPair,
  type JoinedRow,
} from '../pipeline/dataflow/testing/index.ts';
import { dataflow, input, type Row } from '../pipeline/index.ts';
import { MemorySink, MemorySource, MicroBatchExecution } from './execution/index.ts';
import { createMemoryFileStore } from './log/index.ts';
import { compilePlan } from './plan/index.ts';
import { createMemoryStateFactory } from './state/index.ts';

const SCHEMA = { key: 'utf8', timeMs: 'int64' } as const;
const PAIR = { left: 'int64', right: 'int64' } as const;
const NONE = -1;

/** So far a row may come behind one before it, and one millisecond more, since a row at the watermark is late. */
function delayOf(rows: readonly JoinedRow[]): number {
  let [greatestMs, delayMs] = [Number.NEGATIVE_INFINITY, 0];
  for (const { timeMs } of rows) {
    delayMs = Math.max(delayMs, greatestMs - timeMs);
    greatestMs = Math.max(greatestMs, timeMs);
  }
  return delayMs + 1;
}

/** Runs the rows in batches of so many, and after them the rows of another key that push the watermark past all. */
async function run(
  type: 'inner' | 'left-outer',
  bounds: JoinBounds,
  rows: readonly JoinedRow[],
  rowsABatch: number,
): Promise<readonly JoinedPair[]> {
  const side = (name: string) =>
    input({ input: name, schema: SCHEMA, deadLetterOutput: 'dead' })
      .withWatermark({
        field: 'timeMs',
        delayMs: delayOf(rows),
        idleTimeoutMs: 1000,
        alignmentMaxDriftMs: 1000,
      })
      .keyBy('key');
  const options = {
    ...bounds,
    outputSchema: PAIR,
    join: (left: Row, right: Row | undefined) => ({
      left: left.timeMs as number,
      right: (right?.timeMs as number | undefined) ?? NONE,
    }),
  };
  const start = dataflow('join');
  const flow =
    type === 'inner'
      ? start.intervalJoin(side('left'), side('right'), options).sink('output')
      : start.leftOuterIntervalJoin(side('left'), side('right'), options).sink('output');
  const sources = { left: new MemorySource(SCHEMA), right: new MemorySource(SCHEMA) };
  const sink = new MemorySink();
  const execution = await MicroBatchExecution.restore({
    plan: compilePlan(flow),
    sources: [sources.left, sources.right],
    sink,
    files: createMemoryFileStore(),
    openStores: (files) => createMemoryStateFactory(files, 3),
    clock: { nowMs: () => 0, monotonicNs: () => 0n },
    settings: { maxRecordsPerBatch: 0, noDataBatches: true, retainedBatches: 100, statePartitions: 2 },
  });
  const runAll = async () => {
    while ((await execution.runBatch()) !== undefined);
  };
  for (const [index, { side: name, timeMs }] of rows.entries()) {
    sources[name].add([{ key: 'key', timeMs }]);
    if ((index + 1) % rowsABatch === 0) await runAll();
  }
  await runAll();
  for (const source of Object.values(sources)) source.add([{ key: 'end', timeMs: 10_000 }]);
  await runAll();
  expect(execution.counters.lateRecords).toBe(0);
  return sink
    .rows()
    .filter(({ key }) => key === 'key')
    .map(({ row }) => [row.left as number, row.right as number]);
}

describeIntervalJoinContract('micro-batch, a row a batch', (bounds, rows) => run('inner', bounds, rows, 1));
describeIntervalJoinContract('micro-batch, five rows a batch', (bounds, rows) =>
  run('inner', bounds, rows, 5),
);

test('left outer: each pair, and each left row without one, once, whatever the batches', async () => {
  const row = fc.record({
    side: fc.constantFrom<JoinedRow['side'][]>('left', 'right'),
    timeMs: fc.integer({ min: 60, max: 140 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 20 }),
      fc.integer({ min: -30, max: 30 }),
      fc.nat(40),
      fc.integer({ min: 1, max: 7 }),
      async (rows, lowerBoundMs, spanMs, rowsABatch) => {
        const upperBoundMs = lowerBoundMs + spanMs;
        const timesOf = (side: JoinedRow['side']) =>
          rows.filter((each) => each.side === side).map(({ timeMs }) => timeMs);
        const expected = timesOf('left').flatMap((left) => {
          const met = timesOf('right').filter(
            (right) => right >= left + lowerBoundMs && right <= left + upperBoundMs,
          );
          return met.length === 0 ? [[left, NONE]] : met.map((right) => [left, right]);
        });
        const pairs = await run('left-outer', { lowerBoundMs, upperBoundMs }, rows, rowsABatch);
        const inOrder = (of: readonly unknown[]) => of.map((each) => JSON.stringify(each)).sort();
        expect(inOrder(pairs)).toEqual(inOrder(expected));
      },
    ),
    { numRuns: 25 },
  );
});
