import type { RecordBatch } from '../../../kafka/index.ts';
import { type FigureGroup, measuredFigure } from '../../pipeline/bench/index.ts';
import { count, dataflow, type Schema, sum } from '../../pipeline/index.ts';
import { ColumnBatch, TextIds } from '../columnar/index.ts';
import { RecordColumns } from '../connect/index.ts';
import {
  type BatchSink,
  type BatchSource,
  MicroBatchExecution,
  type OffsetRange,
  type SourceBatch,
} from '../execution/index.ts';
import { createMemoryFileStore } from '../log/index.ts';
import { compilePlan } from '../plan/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';

/** As merchant-spend has by default. */
const KEYS = 1_000;
const PARTITIONS = 4;
const ROWS_PER_PARTITION = 25_000;
const ROWS = PARTITIONS * ROWS_PER_PARTITION;
const WARM_UP_BATCHES = 30;
const BATCHES = 20;
const ROUNDS = 5;

const SCHEMA = {
  seq: 'int64',
  merchant: 'utf8',
  amountMinor: 'int64',
  tsMs: 'int64',
} as const satisfies Schema;
const COLUMNS = ['merchant', 'amountMinor'];

const merchantOf = (row: number): string => `m${String((row * 7919) % KEYS).padStart(4, '0')}`;
const amountOf = (row: number): number => 100 + ((row * 31) % 50_000);

/** Batches of 100,000 rows that are columns already, through the whole engine but Kafka: partial aggregates, state, logs, output rows. */
export const decodedColumns: FigureGroup = {
  name: 'decoded-columns',
  measure: async () => {
    const cpuNs = await cpuNsPerRow(columnSource());
    return [
      measuredFigure(
        {
          name: 'decoded columns, group by 1,000 keys, sum, one core',
          unit: 'rows/s',
          target: { kind: 'at-least', value: 10_000_000 },
        },
        1e9 / cpuNs,
        `${cpuNs.toFixed(1)} ns of CPU a row, state, logs and output rows of each batch included; least of ${ROUNDS} rounds`,
      ),
    ];
  },
};

/** The same from the bytes of JSON records. */
export const jsonToAggregate: FigureGroup = {
  name: 'json-to-aggregate',
  measure: async () => {
    const cpuNs = await cpuNsPerRow(jsonSource());
    return [
      measuredFigure(
        {
          name: 'JSON bytes to aggregate, one core',
          unit: 'rows/s',
          target: { kind: 'at-least', value: 1_000_000 },
        },
        1e9 / cpuNs,
        `${cpuNs.toFixed(1)} ns of CPU a row; least of ${ROUNDS} rounds`,
      ),
    ];
  },
};

/** CPU nanoseconds a row in the cheapest round: what else runs on the machine only adds to it. */
async function cpuNsPerRow(source: BatchSource): Promise<number> {
  const execution = await openExecution(source);
  const run = async (batches: number): Promise<void> => {
    for (let batch = 0; batch < batches; batch++) {
      const progress = await execution.runBatch();
      if (progress?.inputRows !== ROWS) throw new Error('a batch must have all its rows');
      await execution.maintain();
    }
  };
  await run(WARM_UP_BATCHES);
  let cheapestNs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    await run(BATCHES);
    const { user, system } = process.cpuUsage(before);
    cheapestNs = Math.min(cheapestNs, ((user + system) * 1_000) / (BATCHES * ROWS));
  }
  await execution.close();
  return cheapestNs;
}

function openExecution(source: BatchSource): Promise<MicroBatchExecution> {
  const spend = dataflow('spend')
    .source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' })
    .keyBy('merchant')
    .aggregate({ count: count(), totalMinor: sum('amountMinor') }, { emit: 'changes' })
    .sink('output');
  const sink: BatchSink = {
    addBatch: async ({ rows }) => {
      if (rows.length !== KEYS) throw new Error('a batch must put out every key');
    },
    close: async () => {},
  };
  return MicroBatchExecution.restore({
    plan: compilePlan(spend),
    sources: [source],
    sink,
    files: createMemoryFileStore(),
    openStores: (files) => createMemoryStateFactory(files, 10),
    clock: { nowMs: () => 0, monotonicNs: () => 0n },
    settings: { maxRecordsPerBatch: ROWS, noDataBatches: true, retainedBatches: 20, statePartitions: 2 },
  });
}

/** An endless input whose every batch has the same rows. */
function endlessSource(read: (range: OffsetRange) => SourceBatch): BatchSource {
  return {
    name: 'bench',
    earliestOffsets: async () => Array.from({ length: PARTITIONS }, () => 0),
    latestOffsets: async () => Array.from({ length: PARTITIONS }, () => Number.MAX_SAFE_INTEGER / 8),
    read: async (range) => read(range),
    fetchAhead: async () => {},
    arrivedOffsets: (from) => from,
    close: async () => {},
  };
}

function columnSource(): BatchSource {
  const texts = new TextIds();
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => {
    const ids = new Int32Array(ROWS_PER_PARTITION);
    const values = new Float64Array(ROWS_PER_PARTITION);
    for (let index = 0; index < ROWS_PER_PARTITION; index++) {
      const row = index * PARTITIONS + partition;
      ids[index] = texts.id(merchantOf(row));
      values[index] = amountOf(row);
    }
    return { ids, values };
  });
  return endlessSource(() => ({
    partitions: partitions.map(
      ({ ids, values }) =>
        new ColumnBatch(
          ROWS_PER_PARTITION,
          new Map([
            ['merchant', { kind: 'text', ids, texts }],
            ['amountMinor', { kind: 'number', values }],
          ]),
        ),
    ),
    deadLetters: [],
  }));
}

function jsonSource(): BatchSource {
  const batches = Array.from({ length: PARTITIONS }, (_, partition) => jsonRecords(partition));
  const columns = new RecordColumns(SCHEMA, COLUMNS);
  return endlessSource(() => {
    columns.beginBatch();
    const open = batches.map((batch) => {
      const partition = columns.open(batch.count);
      partition.append(batch, 0, batch.count);
      return partition;
    });
    return {
      partitions: open.map((partition) => partition.finish()),
      deadLetters: open.flatMap(({ deadLetters }) => deadLetters),
    };
  });
}

function jsonRecords(partition: number): RecordBatch {
  const values = Array.from({ length: ROWS_PER_PARTITION }, (_, index) => {
    const seq = index * PARTITIONS + partition;
    const record = {
      seq,
      merchant: merchantOf(seq),
      amountMinor: amountOf(seq),
      tsMs: 1_767_225_600_000 + seq,
    };
    return JSON.stringify(record);
  });
  const bounds = new Int32Array(values.length + 1);
  values.forEach((value, index) => {
    bounds[index + 1] = (bounds[index] as number) + value.length;
  });
  return {
    buffer: Buffer.from(values.join('')),
    count: values.length,
    valueStart: bounds.subarray(0, -1),
    valueEnd: bounds.subarray(1),
    keyStart: new Int32Array(values.length).fill(-1),
    keyEnd: new Int32Array(values.length),
    offsets: new Float64Array(values.length),
    timestampsMs: new Float64Array(values.length),
    headers: () => [],
  };
}
