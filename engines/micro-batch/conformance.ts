import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { CrosscurrentError } from '../../errors/index.ts';
import {
  type Clock,
  count,
  type Dataflow,
  dataflow,
  type GroupStateContext,
  type Row,
  sum,
  type VectorOutcome,
  type VectorRunners,
  vectorErrors,
} from '../pipeline/index.ts';
import { MemorySink, MemorySource, MicroBatchExecution } from './execution/index.ts';
import { createMemoryFileStore } from './log/index.ts';
import { type BatchPlan, compilePlan } from './plan/index.ts';
import { createMemoryStateFactory } from './state/index.ts';

const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
type VectorRow = z.infer<typeof rowSchema>;

const progressSchema = z.object({
  batchId: z.number(),
  numInputRows: z.number(),
  watermarkMs: z.number().nullable(),
  numRowsDroppedByWatermark: z.number(),
  numRowsTotal: z.number(),
  numRowsRemoved: z.number(),
  numRowsUpdated: z.number(),
  rows: z.array(rowSchema),
});

const stepSchema = z.object({ rows: z.array(rowSchema), progress: z.array(progressSchema) });
type Step = z.infer<typeof stepSchema>;

const inputSchema = z.object({ key: z.string(), value: z.number(), timestampMs: z.number() });

const refusedSchema = z.looseObject({ when: z.enum(['start', 'firstBatch']) });

const caseFields = {
  id: z.string(),
  batches: z.array(z.array(inputSchema)),
  expected: z.array(stepSchema).optional(),
  refused: refusedSchema.optional(),
};

const windowSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('tumbling'), sizeMs: z.number(), offsetMs: z.number() }),
  z.object({ type: z.literal('sliding'), sizeMs: z.number(), slideMs: z.number(), offsetMs: z.number() }),
  z.object({ type: z.literal('session'), gapMs: z.number() }),
]);

const windowCaseSchema = z.object({
  ...caseFields,
  query: z.object({
    window: windowSchema,
    watermarkDelayMs: z.number(),
    groupBy: z.array(z.enum(['window', 'key'])),
    outputMode: z.enum(['append', 'update', 'complete']),
    noDataBatches: z.boolean(),
  }),
});

function deduplicateSchema<Type extends string>(type: Type) {
  return z.object({
    type: z.literal(type),
    keys: z.array(z.enum(['key', 'value', 'timestampMs'])),
    watermarkDelayMs: z.number().nullable(),
    outputMode: z.enum(['append', 'update']),
    noDataBatches: z.boolean(),
  });
}

const stateCaseSchema = z.object({
  ...caseFields,
  query: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('flatMapGroupsWithState'),
      watermarkDelayMs: z.number().nullable(),
      timeoutMs: z.number(),
      outputMode: z.enum(['append', 'update']),
      noDataBatches: z.boolean(),
    }),
    deduplicateSchema('dropDuplicates'),
    deduplicateSchema('dropDuplicatesWithinWatermark'),
  ]),
});

const SCHEMA = { key: 'utf8', value: 'int64', timestampMs: 'int64' } as const;

/** Spark's golden vectors through compiled dataflows and the real execution, on a memory source and sink. */
export const microBatchVectorRunners: VectorRunners = {
  'spark-windows': runWindowCase,
  'spark-state': runStateCase,
};

const inputRows = () =>
  dataflow('vector').source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' });

/** Null: without a watermark. */
function timedRows(watermarkDelayMs: number | null) {
  if (watermarkDelayMs === null) return inputRows();
  return withWatermark(watermarkDelayMs);
}

function withWatermark(watermarkDelayMs: number) {
  return inputRows().withWatermark({
    field: 'timestampMs',
    delayMs: watermarkDelayMs,
    // This engine reads all partitions at once: nothing is idle and nothing runs ahead.
    idleTimeoutMs: 1,
    alignmentMaxDriftMs: 1,
  });
}

async function runWindowCase(vectorCase: unknown): Promise<VectorOutcome> {
  const { query, ...expected } = parseCase('spark-windows', windowCaseSchema, vectorCase);
  const rows = withWatermark(query.watermarkDelayMs);
  const windowed = query.groupBy.includes('key')
    ? rows.keyBy('key').window(query.window, { kind: 'count' })
    : rows.window(query.window, { kind: 'count' });
  const toVector = ({ windowStartMs, windowEndMs, ...rest }: Row): VectorRow => ({
    ...rest,
    startMs: windowStartMs as number,
    endMs: windowEndMs as number,
  });
  return runCase(
    () =>
      windowed
        .aggregate({ sum: sum('value'), count: count() }, { emit: EMITS[query.outputMode] })
        .sink('output'),
    query.noDataBatches,
    expected,
    toVector,
  );
}

const EMITS = { append: 'final', update: 'changes', complete: 'all' } as const;

async function runStateCase(vectorCase: unknown): Promise<VectorOutcome> {
  const { query, ...expected } = parseCase('spark-state', stateCaseSchema, vectorCase);
  switch (query.type) {
    case 'dropDuplicates':
    case 'dropDuplicatesWithinWatermark': {
      const rows = timedRows(query.watermarkDelayMs);
      const withinWatermark = query.type === 'dropDuplicatesWithinWatermark';
      const deduplicated = rows.dropDuplicates(query.keys, { withinWatermark });
      return runCase(
        () => deduplicated.sink('output'),
        query.noDataBatches,
        expected,
        (row) => row,
      );
    }
    case 'flatMapGroupsWithState': {
      const counted = timedRows(query.watermarkDelayMs)
        .keyBy('key')
        .groupState<CountState, typeof COUNT_SCHEMA>({
          apply: countWithTimeout(query.timeoutMs, query.outputMode === 'update'),
          timeout: 'event-time',
          emit: query.outputMode === 'update' ? 'changes' : 'final',
          orderBy: 'timestampMs',
          outputSchema: COUNT_SCHEMA,
        });
      const toVector = (row: Row): VectorRow => ({ ...row, timedOut: row.timedOut === 1 });
      return runCase(() => counted.sink('output'), query.noDataBatches, expected, toVector);
    }
  }
}

const COUNT_SCHEMA = { key: 'utf8', count: 'int64', timedOut: 'int64' } as const;

interface CountState {
  readonly [name: string]: number;
  readonly count: number;
  readonly lastMs: number;
}

/** The function of the vectors. */
function countWithTimeout(timeoutMs: number, emitCounts: boolean) {
  return (rows: readonly { readonly timestampMs: number }[], group: GroupStateContext<CountState>): void => {
    const key = String(group.key);
    if (group.hasTimedOut) {
      group.emit({ key, count: group.state?.count ?? 0, timedOut: 1 });
      group.remove();
      return;
    }
    const count = (group.state?.count ?? 0) + rows.length;
    const times = rows.map((row) => row.timestampMs);
    const lastMs = Math.max(group.state?.lastMs ?? Number.NEGATIVE_INFINITY, ...times);
    group.update({ count, lastMs });
    group.setTimeoutTimestamp(Math.max(lastMs + timeoutMs, group.currentWatermarkMs + 1));
    if (emitCounts) group.emit({ key, count, timedOut: 0 });
  };
}

interface ExpectedCase {
  readonly batches: readonly (readonly Row[])[];
  readonly expected?: readonly Step[] | undefined;
  readonly refused?: z.infer<typeof refusedSchema> | undefined;
}

/** Runs a dataflow and compares what came out, or the moment of its refusal: of what no dataflow can say, at the start. */
async function runCase(
  vectorFlow: () => Dataflow,
  noDataBatches: boolean,
  { batches, expected, refused }: ExpectedCase,
  toVector: (row: Row) => VectorRow,
): Promise<VectorOutcome> {
  let plan: BatchPlan;
  try {
    plan = compilePlan(vectorFlow());
  } catch (error) {
    const when = refusedWhen(error);
    if (when === undefined || !(error instanceof CrosscurrentError)) throw error;
    return when === refused?.when
      ? { outcome: 'passed' }
      : { outcome: 'failed', expected: refused ?? expected, actual: { refused: error.message, when } };
  }
  const actual = await runBatches(plan, noDataBatches, batches, toVector);
  return refused === undefined ? compare(expected, actual) : { outcome: 'failed', expected: refused, actual };
}

function refusedWhen(error: unknown): unknown {
  if (!(error instanceof CrosscurrentError)) return undefined;
  if (error.code === 'PIPELINE_DATAFLOW_INVALID') return 'start';
  return error.code === 'MICRO_BATCH_QUERY_REFUSED' ? error.details.when : undefined;
}

/** One step of a case is one addData, then batches until nothing is left to do. */
async function runBatches(
  plan: BatchPlan,
  noDataBatches: boolean,
  batches: readonly (readonly Row[])[],
  toVector: (row: Row) => VectorRow,
): Promise<Step[]> {
  const source = new MemorySource(SCHEMA);
  const sink = new MemorySink();
  const execution = await MicroBatchExecution.restore({
    plan,
    sources: [source],
    sink,
    files: createMemoryFileStore(),
    openStores: (files) => createMemoryStateFactory(files, 10),
    clock: STOPPED_CLOCK,
    settings: {
      maxRecordsPerBatch: 0,
      noDataBatches,
      retainedBatches: 100,
      statePartitions: 1,
    },
  });
  const steps: Step[] = [];
  for (const rows of batches) {
    source.add(rows);
    const progress: Step['progress'] = [];
    for (;;) {
      const batch = await execution.runBatch();
      if (batch === undefined) break;
      progress.push({
        batchId: batch.batchId,
        numInputRows: batch.inputRows,
        watermarkMs: batch.watermarkMs,
        numRowsDroppedByWatermark: batch.lateRowsSparkCount,
        numRowsTotal: batch.stateRows,
        numRowsRemoved: batch.stateRowsRemoved,
        numRowsUpdated: batch.stateRowsUpdated,
        rows: sink.rowsOf(batch.batchId).map(({ row }) => toVector(row)),
      });
    }
    steps.push({ rows: progress.flatMap(({ rows: produced }) => produced), progress });
  }
  return steps;
}

/** The logged batch timestamp is the only time an execution takes, and no vector shows it. */
const STOPPED_CLOCK: Clock = { nowMs: () => 0, monotonicNs: () => 0n };

function compare(expected: readonly Step[] | undefined, actual: readonly Step[]): VectorOutcome {
  const [wanted, found] = [expected?.map(sortStep), actual.map(sortStep)];
  return isDeepStrictEqual(wanted, found)
    ? { outcome: 'passed' }
    : { outcome: 'failed', expected: wanted, actual: found };
}

function sortStep({ rows, progress }: Step): Step {
  return {
    rows: rows.toSorted(byPlace),
    progress: progress.map((batch) => ({ ...batch, rows: batch.rows.toSorted(byPlace) })),
  };
}

/** The order in which the vectors store rows; absent fields count as 0. */
function byPlace(a: VectorRow, b: VectorRow): number {
  for (const name of ['startMs', 'endMs', 'timestampMs', 'key', 'value', 'sum', 'count', 'timedOut']) {
    const [left, right] = [a[name] ?? 0, b[name] ?? 0];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function parseCase<Case>(file: string, schema: z.ZodType<Case>, vectorCase: unknown): Case {
  const parsed = schema.safeParse(vectorCase);
  if (parsed.success) return parsed.data;
  const named = z.object({ id: z.string() }).safeParse(vectorCase);
  throw vectorErrors.error('PIPELINE_VECTOR_INVALID', {
    id: named.success ? named.data.id : '(without id)',
    file: `${file}.jsonl`,
    reason: z.prettifyError(parsed.error),
  });
}
