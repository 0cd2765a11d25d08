import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type Clock,
  type KeyedProcess,
  type Row,
  type Schema,
  type VectorOutcome,
  type VectorRunners,
  vectorErrors,
} from '../pipeline/index.ts';
import { MemorySink, MemorySource, MicroBatchExecution } from './execution/index.ts';
import { createMemoryFileStore } from './log/index.ts';
import type { BatchPlan, PlanOperator } from './plan/index.ts';
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

const caseFields = {
  id: z.string(),
  batches: z.array(z.array(inputSchema)),
  expected: z.array(stepSchema).optional(),
  refused: z.unknown().optional(),
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
    outputMode: z.enum(['append', 'update']),
    noDataBatches: z.boolean(),
  }),
});

const stateCaseSchema = z.object({
  ...caseFields,
  query: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('flatMapGroupsWithState'),
      watermarkDelayMs: z.number(),
      timeoutMs: z.number(),
      outputMode: z.enum(['append', 'update']),
      noDataBatches: z.boolean(),
    }),
    z.object({ type: z.literal('dropDuplicates') }),
    z.object({ type: z.literal('dropDuplicatesWithinWatermark') }),
  ]),
});

const SCHEMA: Schema = { key: 'utf8', value: 'int64', timestampMs: 'int64' };

/** Spark's golden vectors through the real execution, on a memory source and sink. */
export const microBatchVectorRunners: VectorRunners = {
  'spark-windows': runWindowCase,
  'spark-state': runStateCase,
};

async function runWindowCase(vectorCase: unknown): Promise<VectorOutcome> {
  const { query, batches, expected } = parseCase('spark-windows', windowCaseSchema, vectorCase);
  const { window } = query;
  if (window.type === 'session') {
    return { outcome: 'not-applicable', reason: 'a Dataflow has no session windows' };
  }
  const operator: PlanOperator = {
    kind: 'aggregate',
    key: query.groupBy.includes('key') ? { field: 'key', type: 'utf8' } : undefined,
    window: {
      sizeMs: window.sizeMs,
      slideMs: window.type === 'sliding' ? window.slideMs : window.sizeMs,
      offsetMs: window.offsetMs,
    },
    eventTime: { field: 'timestampMs', delayMs: query.watermarkDelayMs },
    aggregates: { sum: { function: 'sum', field: 'value' }, count: { function: 'count' } },
    outputMode: query.outputMode,
  };
  const toVector = ({ windowStartMs, windowEndMs, ...rest }: Row): VectorRow => ({
    ...rest,
    startMs: windowStartMs as number,
    endMs: windowEndMs as number,
  });
  return compare(
    expected,
    await runBatches(operator, query.watermarkDelayMs, query.noDataBatches, batches, toVector),
  );
}

async function runStateCase(vectorCase: unknown): Promise<VectorOutcome> {
  const { query, batches, expected } = parseCase('spark-state', stateCaseSchema, vectorCase);
  if (query.type !== 'flatMapGroupsWithState') {
    return { outcome: 'not-applicable', reason: 'a Dataflow has no node that drops duplicates' };
  }
  const operator: PlanOperator = {
    kind: 'process',
    key: { field: 'key', type: 'utf8' },
    eventTime: { field: 'timestampMs', delayMs: query.watermarkDelayMs },
    process: countWithTimeout(query.timeoutMs, query.outputMode === 'update'),
    orderBy: 'timestampMs',
  };
  const toVector = (row: Row): VectorRow => ({ ...row, timedOut: row.timedOut === 1 });
  return compare(
    expected,
    await runBatches(operator, query.watermarkDelayMs, query.noDataBatches, batches, toVector),
  );
}

interface CountState {
  readonly [name: string]: number;
  readonly count: number;
  readonly lastMs: number;
  readonly timerMs: number;
}

/**
 * The function of the vectors in terms of timers. Spark's timeout fires when it is below the watermark, a timer when
 * the watermark reaches it, so the timer stands one millisecond after the timeout; a key has one timeout, so setting
 * it deletes the timer before.
 */
function countWithTimeout(timeoutMs: number, emitCounts: boolean): KeyedProcess {
  const process: KeyedProcess<CountState> = {
    processRows(rows, context) {
      const before = context.state;
      const count = (before?.count ?? 0) + rows.length;
      const times = rows.map((row) => row.timestampMs as number);
      const lastMs = Math.max(before?.lastMs ?? Number.NEGATIVE_INFINITY, ...times);
      const watermarkMs = Math.max(0, context.currentWatermarkMs);
      const timerMs = Math.max(lastMs + timeoutMs, watermarkMs + 1) + 1;
      if (before !== undefined) context.deleteEventTimeTimer(before.timerMs);
      context.registerEventTimeTimer(timerMs);
      context.setState({ count, lastMs, timerMs });
      if (emitCounts) context.emit({ key: context.key, count, timedOut: 0 });
    },
    onEventTimeTimer(_timeMs, context) {
      context.emit({ key: context.key, count: context.state?.count ?? 0, timedOut: 1 });
      context.clearState();
    },
  };
  return process as unknown as KeyedProcess;
}

/** One step of a case is one addData, then batches until nothing is left to do. */
async function runBatches(
  operator: PlanOperator,
  watermarkDelayMs: number,
  noDataBatches: boolean,
  batches: readonly (readonly Row[])[],
  toVector: (row: Row) => VectorRow,
): Promise<Step[]> {
  const plan: BatchPlan = {
    sources: [
      {
        input: 'input',
        schema: SCHEMA,
        columns: Object.keys(SCHEMA),
        steps: [{ kind: 'watermark', field: 'timestampMs' }],
        watermarkDelayMs,
      },
    ],
    operator,
  };
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
  for (const name of ['startMs', 'endMs', 'timestampMs', 'key', 'sum', 'count', 'timedOut']) {
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
