import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordBatch } from '../../../../kafka/index.ts';
import {
  type Dataflow,
  type DataflowNode,
  type FieldCondition,
  meets,
  type Row,
  type Schema,
  type SourceNode,
} from '../../../pipeline/index.ts';
import { RecordColumns } from '../../connect/index.ts';
import {
  MemorySink,
  MemorySource,
  MicroBatchExecution,
  type OffsetRange,
  type SourceBatch,
} from '../../execution/index.ts';
import { createMemoryFileStore } from '../../log/index.ts';
import { createMemoryStateFactory } from '../../state/index.ts';
import type { SourcePlan } from '../batch-plan.ts';
import { compilePlan } from '../compile-plan.ts';
import { RULES, type Rule } from './index.ts';

const SCHEMA: Schema = { region: 'utf8', amount: 'int64', timeMs: 'int64', note: 'utf8' };
const SOURCE: SourceNode = { kind: 'source', input: 'input', schema: SCHEMA, deadLetterOutput: 'dead' };
const SINK: DataflowNode = { kind: 'sink', output: 'output' };
const PARTITIONS = 2;

/** A record, or bytes that are none. */
type Value = Row | 'no record';

/** Rows as JSON, decoded as those of a topic are. */
class JsonSource extends MemorySource {
  readonly #values: readonly Value[][] = Array.from({ length: PARTITIONS }, () => []);
  readonly #columns: RecordColumns;

  constructor({ schema, columns, condition }: SourcePlan) {
    super(schema, PARTITIONS);
    this.#columns = new RecordColumns(schema, columns, condition);
  }

  addValues(values: readonly Value[], partition: number): void {
    this.#values[partition]?.push(...values);
    this.add(
      values.map(() => ({})),
      partition,
    );
  }

  override async read({ from, to }: OffsetRange): Promise<SourceBatch> {
    this.#columns.beginBatch();
    const open = this.#values.map((values, partition) => {
      const records = recordBatch(values.slice(from[partition], to[partition]));
      const columns = this.#columns.open(records.count);
      columns.append(records, 0, records.count);
      return columns;
    });
    return {
      partitions: open.map((columns) => columns.finish()),
      deadLetters: open.flatMap((columns) => columns.deadLetters),
      filteredRows: open.reduce((total, columns) => total + columns.filteredRows, 0),
    };
  }
}

function recordBatch(values: readonly Value[]): RecordBatch {
  const texts = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  const bounds = new Int32Array(texts.length + 1);
  texts.forEach((text, index) => {
    bounds[index + 1] = (bounds[index] as number) + text.length;
  });
  return {
    buffer: Buffer.from(texts.join('')),
    count: texts.length,
    valueStart: bounds.subarray(0, -1),
    valueEnd: bounds.subarray(1),
    keyStart: new Int32Array(texts.length).fill(-1),
    keyEnd: new Int32Array(texts.length),
    offsets: new Float64Array(texts.length),
    timestampsMs: new Float64Array(texts.length),
    headers: () => [],
  };
}

/** What each batch put out and counted. */
async function run(dataflow: Dataflow, batches: readonly (readonly Value[])[], rules: readonly Rule[]) {
  const plan = compilePlan(dataflow, rules);
  const sources = plan.sources.map((source) => new JsonSource(source));
  const sink = new MemorySink();
  const execution = await MicroBatchExecution.restore({
    plan,
    sources,
    sink,
    files: createMemoryFileStore(),
    openStores: (files) => createMemoryStateFactory(files, 10),
    clock: { nowMs: () => 0, monotonicNs: () => 0n },
    settings: { maxRecordsPerBatch: 0, noDataBatches: true, retainedBatches: 100, statePartitions: 2 },
  });
  const seen: unknown[] = [];
  for (const values of batches) {
    for (const [number, source] of sources.entries()) {
      for (let partition = 0; partition < PARTITIONS; partition++) {
        const place = number * PARTITIONS + partition;
        source.addValues(
          values.filter((_, index) => index % (sources.length * PARTITIONS) === place),
          partition,
        );
      }
    }
    for (;;) {
      const batch = await execution.runBatch();
      if (batch === undefined) break;
      const { batchId, inputRows, watermarkMs, lateRecords, deadLetters } = batch;
      const rows = sink.rowsOf(batchId).map(({ row }) => JSON.stringify(row));
      seen.push({ batchId, inputRows, watermarkMs, lateRecords, deadLetters, rows: rows.sort() });
    }
  }
  return seen;
}

const comparison = fc.oneof(
  fc.record({
    kind: fc.constant('comparison' as const),
    field: fc.constant('amount'),
    operator: fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const),
    value: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('comparison' as const),
    field: fc.constantFrom('region', 'note'),
    operator: fc.constantFrom('=' as const, '!=' as const, '<=' as const, '>' as const),
    value: fc.constantFrom('north', 'south', ''),
  }),
);
const condition: fc.Arbitrary<FieldCondition> = fc.oneof(
  comparison,
  fc.record({
    kind: fc.constantFrom('and' as const, 'or' as const),
    conditions: fc.array(comparison, { minLength: 1, maxLength: 3 }),
  }),
);
const rowNode: fc.Arbitrary<DataflowNode> = fc.oneof(
  condition.map(
    (each): DataflowNode => ({
      kind: 'filter',
      condition: each,
      predicate: (row) => meets(row, each),
    }),
  ),
  fc.constant<DataflowNode>({ kind: 'filter', predicate: (row) => row.note !== 'x' }),
  fc.constant<DataflowNode>({
    kind: 'map',
    schema: SCHEMA,
    map: (row) => ({ ...row, amount: (row.amount as number) + 1 }),
  }),
);

const WATERMARK: DataflowNode = {
  kind: 'watermark',
  field: 'timeMs',
  delayMs: 200,
  idleTimeoutMs: 1,
  alignmentMaxDriftMs: 1,
};
const BY_REGION: DataflowNode = { kind: 'keyBy', field: 'region' };
const WINDOW: DataflowNode = {
  kind: 'window',
  window: { type: 'tumbling', sizeMs: 500, offsetMs: 0 },
  late: { kind: 'count' },
};
const totals = (emit: 'changes' | 'final'): DataflowNode => ({
  kind: 'aggregate',
  aggregates: { n: { function: 'count' }, total: { function: 'sum', field: 'amount' } },
  emit,
});

/** One input, or the union of two. */
const start: fc.Arbitrary<readonly DataflowNode[]> = fc.oneof(
  fc.constant([SOURCE]),
  fc
    .tuple(fc.array(rowNode, { maxLength: 2 }), fc.array(rowNode, { maxLength: 2 }))
    .map(([first, second]): readonly DataflowNode[] => [
      {
        kind: 'union',
        inputs: [
          [SOURCE, ...first],
          [{ ...SOURCE, input: 'second' }, ...second],
        ],
      },
    ]),
);

const dataflow = fc
  .record({
    start,
    before: fc.array(rowNode, { maxLength: 3 }),
    behind: fc.array(rowNode, { maxLength: 3 }),
    end: fc.constantFrom<readonly DataflowNode[]>(
      [],
      [BY_REGION, totals('changes')],
      [BY_REGION, WINDOW, totals('final')],
      [BY_REGION, WINDOW, totals('changes')],
    ),
  })
  .map(
    ({ start, before, behind, end }): Dataflow => ({
      name: 'random',
      nodes: [...start, ...before, WATERMARK, ...behind, ...end, SINK],
    }),
  );

const value = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Value>('no record') },
  {
    weight: 12,
    arbitrary: fc.record({
      region: fc.constantFrom('north', 'south', 'east'),
      amount: fc.integer({ min: -3, max: 3 }),
      timeMs: fc.integer({ min: 0, max: 3_000 }),
      note: fc.constantFrom('', 'x', 'y'),
    }),
  },
);
const batches = fc.array(fc.array(value, { maxLength: 12 }), { minLength: 1, maxLength: 4 });

test.each(RULES)('without $name the same comes out of random dataflows', async (rule) => {
  await fc.assert(
    fc.asyncProperty(dataflow, batches, async (random, input) => {
      const without = RULES.filter((other) => other !== rule);
      expect(await run(random, input, without)).toEqual(await run(random, input, RULES));
    }),
    { numRuns: 25, seed: 8 },
  );
});

test('no rule at all gives the same too', async () => {
  await fc.assert(
    fc.asyncProperty(dataflow, batches, async (random, input) => {
      expect(await run(random, input, [])).toEqual(await run(random, input, RULES));
    }),
    { numRuns: 40, seed: 9 },
  );
});
