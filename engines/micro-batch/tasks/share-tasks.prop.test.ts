import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count, dataflow, max, min, type Row, type Schema, sum } from '../../pipeline/index.ts';
import {
  type BatchTasks,
  inlineTasks,
  MemorySink,
  MemorySource,
  MicroBatchExecution,
} from '../execution/index.ts';
import { createMemoryFileStore } from '../log/index.ts';
import { type BatchPlan, compilePlan } from '../plan/index.ts';
import { microBatchSettings } from '../settings/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';
import { packOutputs, unpackOutputs } from './output-wire.ts';
import { threadOfPartition } from './task-messages.ts';
import { shareTasks } from './task-threads.ts';
import { TextReceiver } from './text-receiver.ts';
import { TextSender } from './text-sender.ts';

const SCHEMA = { shop: 'utf8', amount: 'int64', timeMs: 'int64' } as const satisfies Schema;

const source = () =>
  dataflow('metamorphic').source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' });
const aggregates = { count: count(), total: sum('amount'), least: min('amount'), most: max('amount') };

/** No row is late, so that what comes out depends on neither cuts nor partitions. */
const PLANS: Readonly<Record<string, BatchPlan>> = {
  'running aggregate': compilePlan(
    source().keyBy('shop').aggregate(aggregates, { emit: 'changes' }).sink('output'),
  ),
  'windows after a filter and a map': compilePlan(
    source()
      .filter((row) => row.amount !== 0)
      .map(SCHEMA, (row) => ({ ...row, shop: `${row.shop}!` }))
      .withWatermark({ field: 'timeMs', delayMs: 10_000, idleTimeoutMs: 60_000, alignmentMaxDriftMs: 500 })
      .keyBy('shop')
      .window({ type: 'tumbling', sizeMs: 500, offsetMs: 0 }, { kind: 'count' })
      .aggregate(aggregates, { emit: 'changes' })
      .sink('output'),
  ),
};

const anyRow = fc.record(
  {
    shop: fc.integer({ min: 0, max: 5 }).map((id) => `shop ${id}`),
    amount: fc.integer({ min: -3, max: 3 }),
    timeMs: fc.integer({ min: 1, max: 3_000 }),
  },
  { noNullPrototype: true },
);
/** Rows with the number that decides their partition. */
const anyRows = fc.array(fc.tuple(anyRow, fc.nat(11)), { maxLength: 60 });

type PlacedRows = readonly (readonly [Row, number])[];

interface Layout {
  readonly partitions: number;
  /** 0: tasks in this thread, not over the wire. */
  readonly threads: number;
  readonly maxRecordsPerBatch: number;
}

test.each(Object.keys(PLANS))(
  '%s: partitions, threads and cuts of batches change no answer',
  async (name) => {
    const plan = PLANS[name] as BatchPlan;
    const anyLayout = fc.record({
      partitions: fc.integer({ min: 1, max: 5 }),
      maxRecordsPerBatch: fc.nat(40),
    });
    await fc.assert(
      fc.asyncProperty(anyRows, anyLayout, async (rows, layout) => {
        const inline = await run(plan, rows, { ...layout, threads: 0 });
        for (const threads of [1, 2, 3]) {
          expect(await run(plan, rows, { ...layout, threads })).toEqual(inline);
        }
        const whole = await run(plan, rows, { partitions: 1, threads: 0, maxRecordsPerBatch: 0 });
        expect(lastOfEach(inline)).toEqual(lastOfEach(whole));
      }),
      { numRuns: 25 },
    );
  },
);

async function run(plan: BatchPlan, rows: PlacedRows, layout: Layout): Promise<readonly Row[]> {
  const { partitions, threads, maxRecordsPerBatch } = layout;
  const all = memorySource(rows, partitions, () => true);
  const sink = new MemorySink();
  const execution = await MicroBatchExecution.restore({
    plan,
    sources: [all],
    tasks:
      threads === 0
        ? inlineTasks(plan, [all])
        : shareTasks(
            Array.from({ length: threads }, (_, thread) => {
              const isOwn = (partition: number) => threadOfPartition(0, partition, threads) === thread;
              return overTheWire(inlineTasks(plan, [memorySource(rows, partitions, isOwn)]));
            }),
          ),
    sink,
    files: createMemoryFileStore(),
    openStores: (files) => createMemoryStateFactory(files, 10),
    clock: { nowMs: () => 1, monotonicNs: () => 0n },
    settings: microBatchSettings.parse({ maxRecordsPerBatch }),
  });
  while ((await execution.runBatch()) !== undefined);
  await execution.close();
  return sink.rows().map(({ row }) => row);
}

/** With the partitions that are its own, numbered anew. */
function memorySource(rows: PlacedRows, partitions: number, isOwn: (partition: number) => boolean) {
  const own = Array.from({ length: partitions }, (_, partition) => partition).filter(isOwn);
  const memory = new MemorySource(SCHEMA, own.length);
  for (const [row, place] of rows) {
    const partition = own.indexOf(place % partitions);
    if (partition >= 0) memory.add([row], partition);
  }
  return memory;
}

/** Outputs as another thread gets them. */
function overTheWire(tasks: BatchTasks): BatchTasks {
  const [sender, receiver] = [new TextSender(), new TextReceiver()];
  return {
    async run(ranges) {
      const { wire, transfer } = packOutputs(await tasks.run(ranges), sender);
      return unpackOutputs(structuredClone(wire, { transfer }), receiver);
    },
  };
}

/** The newest result of each key and window. */
function lastOfEach(rows: readonly Row[]): Readonly<Record<string, Row>> {
  return Object.fromEntries(rows.map((row) => [`${row.windowStartMs} ${row.shop}`, row]));
}
