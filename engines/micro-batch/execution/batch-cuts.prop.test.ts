import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row, Schema } from '../../pipeline/index.ts';
import { createMemoryFileStore } from '../log/index.ts';
import type { BatchPlan, PlanOperator } from '../plan/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';
import { MemorySink } from './memory-sink.ts';
import { MemorySource } from './memory-source.ts';
import { MicroBatchExecution } from './micro-batch-execution.ts';

const SCHEMA: Schema = { key: 'utf8', value: 'int64', timeMs: 'int64' };
const DELAY_MS = 50;
const PARTITIONS = 2;
const key = { field: 'key', type: 'utf8' } as const;
const aggregates = { count: { function: 'count' }, total: { function: 'sum', field: 'value' } } as const;

const WINDOWS: PlanOperator = {
  kind: 'aggregate',
  key,
  window: { sizeMs: 20, slideMs: 20, offsetMs: 0 },
  eventTime: { field: 'timeMs', delayMs: DELAY_MS },
  aggregates,
  outputMode: 'append',
};

const TOTALS: PlanOperator = {
  kind: 'aggregate',
  key,
  window: undefined,
  eventTime: undefined,
  aggregates,
  outputMode: 'update',
};

/** How a log is cut into batches: records of each, after which of them the engine starts anew, and the state partitions. */
interface Cuts {
  readonly sizes: readonly number[];
  readonly restarts: readonly boolean[];
  readonly statePartitions: number;
}

/** Rows in the order in which they come, each to a partition. */
type Log = readonly { readonly row: Row; readonly partition: number }[];

async function outputOf(operator: PlanOperator, log: Log, cuts: Cuts) {
  const plan: BatchPlan = {
    sources: [
      {
        input: 'input',
        schema: SCHEMA,
        columns: Object.keys(SCHEMA),
        steps: [{ kind: 'watermark', field: 'timeMs' }],
        watermarkDelayMs: DELAY_MS,
      },
    ],
    operator,
  };
  const source = new MemorySource(SCHEMA, PARTITIONS);
  const sink = new MemorySink();
  const files = createMemoryFileStore();
  const start = () =>
    MicroBatchExecution.restore({
      plan,
      sources: [source],
      sink,
      files,
      openStores: (counted) => createMemoryStateFactory(counted, 3),
      clock: { nowMs: () => 0, monotonicNs: () => 0n },
      settings: {
        maxRecordsPerBatch: 0,
        noDataBatches: true,
        retainedBatches: 2,
        statePartitions: cuts.statePartitions,
      },
    });
  let execution = await start();
  let added = 0;
  for (let batch = 0; added < log.length; batch++) {
    const size = cuts.sizes[batch % cuts.sizes.length] as number;
    for (const { row, partition } of log.slice(added, added + size)) source.add([row], partition);
    added += size;
    while ((await execution.runBatch()) !== undefined) await execution.maintain();
    if (cuts.restarts[batch % cuts.restarts.length]) execution = await start();
  }
  return { rows: sink.rows().map(({ row }) => row), late: execution.counters.lateRecords };
}

/** Times that rise, each row no further behind the newest than half of the delay: none is late however the log is cut. */
const logs: fc.Arbitrary<Log> = fc
  .array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      stepMs: fc.integer({ min: 0, max: 15 }),
      behindMs: fc.integer({ min: 0, max: DELAY_MS / 2 }),
      partition: fc.nat({ max: PARTITIONS - 1 }),
    }),
    { minLength: 20, maxLength: 80 },
  )
  .map((records) => {
    let newestMs = 1_000;
    const log = records.map(({ key, stepMs, behindMs, partition }, value) => {
      newestMs += stepMs;
      return { row: { key, value, timeMs: newestMs - behindMs }, partition };
    });
    const flush = { key: 'flush', value: 0, timeMs: newestMs + 1_000 };
    return [...log, { row: flush, partition: 0 }];
  });

const cuts: fc.Arbitrary<Cuts> = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
  restarts: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  statePartitions: fc.integer({ min: 1, max: 3 }),
});

const sorted = (rows: readonly Row[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

test('the same log in other batches, with other restarts and state partitions, closes the same windows', async () => {
  await fc.assert(
    fc.asyncProperty(logs, cuts, cuts, async (log, one, other) => {
      const [first, second] = [await outputOf(WINDOWS, log, one), await outputOf(WINDOWS, log, other)];
      expect(sorted(second.rows)).toEqual(sorted(first.rows));
      expect([first.late, second.late]).toEqual([0, 0]);
      const counted = first.rows.reduce((total, { count }) => total + (count as number), 0);
      expect(counted).toBe(log.length - 1);
    }),
    { numRuns: 25 },
  );
});

test('the same log in other batches ends with the same totals', async () => {
  const lastOfEach = (rows: readonly Row[]) => Object.fromEntries(rows.map((row) => [row.key, row]));
  await fc.assert(
    fc.asyncProperty(logs, cuts, cuts, async (log, one, other) => {
      const [first, second] = [await outputOf(TOTALS, log, one), await outputOf(TOTALS, log, other)];
      expect(lastOfEach(second.rows)).toEqual(lastOfEach(first.rows));
    }),
    { numRuns: 15 },
  );
});
