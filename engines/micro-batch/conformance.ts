import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type Clock,
  type GroupStateNode,
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
    kind: 'group-state',
    dataflow: 'vector',
    key: { field: 'key', type: 'utf8' },
    eventTime: { field: 'timestampMs', delayMs: query.watermarkDelayMs },
    node: countWithTimeout(query.timeoutMs, query.outputMode),
  };
  const toVector = (row: Row): VectorRow => ({ ...row, timedOut: row.timedOut === 1 });
  return compare(
    expected,
    await runBatches(operator, query.watermarkDelayMs, query.noDataBatches, batches, toVector),
  );
}

/** The function of the vectors. */
function countWithTimeout(timeoutMs: number, outputMode: 'append' | 'update'): GroupStateNode {
  return {
    kind: 'groupState',
    timeout: 'event-time',
    emit: outputMode === 'append' ? 'final' : 'changes',
    orderBy: 'timestampMs',
    outputSchema: { key: 'utf8', count: 'int64', timedOut: 'int64' },
    apply(rows, group) {
      const { key } = group;
      const before = group.state as { readonly count: number; readonly lastMs: number } | undefined;
      const count = (before?.count ?? 0) + rows.length;
      if (group.hasTimedOut) {
        group.emit({ key, count, timedOut: 1 });
        group.remove();
        return;
      }
      const times = rows.map((row) => row.timestampMs as number);
      const lastMs = Math.max(before?.lastMs ?? 0, ...times);
      group.update({ count, lastMs });
      group.setTimeoutTimestamp(Math.max(lastMs + timeoutMs, group.currentWatermarkMs + 1));
      if (outputMode === 'update') group.emit({ key, count, timedOut: 0 });
    },
  };
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
