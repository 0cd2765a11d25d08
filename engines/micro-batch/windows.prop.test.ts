import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count, custom, dataflow, sum, type WindowSpecification } from '../pipeline/index.ts';
import { MemorySink, MemorySource, MicroBatchExecution } from './execution/index.ts';
import { createMemoryFileStore } from './log/index.ts';
import { compilePlan } from './plan/index.ts';
import { createMemoryStateFactory } from './state/index.ts';

const SCHEMA = { key: 'utf8', value: 'int64', timeMs: 'int64' } as const;
type Sale = { readonly key: string; readonly value: number; readonly timeMs: number };
type Emit = 'final' | 'changes' | 'all';

interface Query {
  readonly window: WindowSpecification;
  readonly delayMs: number;
  readonly emit: Emit;
  readonly noDataBatches: boolean;
  /** Sums by an aggregate of the user's. */
  readonly isCustom: boolean;
}

/** What one micro-batch did. */
interface Outcome {
  readonly rows: readonly string[];
  readonly late: readonly string[];
  readonly lateGroups: number;
  readonly stateRows: number;
}

const customSum = custom({
  type: 'int64',
  create: () => 0,
  add: (total: number, row: Sale) => total + row.value,
  merge: (left, right) => left + right,
  result: (total) => total,
});

/** Window bounds of a row, by looking at every start there could be. */
function boundsOf(timeMs: number, window: WindowSpecification): (readonly [number, number])[] {
  switch (window.type) {
    case 'session':
      return [[timeMs, timeMs + window.gapMs]];
    case 'tumbling':
      return boundsOf(timeMs, { ...window, type: 'sliding', slideMs: window.sizeMs });
    case 'sliding': {
      const bounds: (readonly [number, number])[] = [];
      for (let startMs = timeMs - window.sizeMs + 1; startMs <= timeMs; startMs++) {
        const isStart = (startMs - window.offsetMs) % window.slideMs === 0;
        if (isStart) bounds.push([startMs, startMs + window.sizeMs]);
      }
      return bounds;
    }
    case 'global':
      return [];
  }
}

interface Kept {
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Rows in it. */
  readonly rows: readonly Sale[];
}

/** The rules B1 to B8 over rows and nothing else: slow, and plain to see. */
function model(
  { window, delayMs, emit, noDataBatches }: Query,
  batches: readonly (readonly Sale[])[],
): Outcome[] {
  const outcomes: Outcome[] = [];
  const ignoresTime = emit === 'all';
  let kept: Kept[] = [];
  let [lateMs, currentMs] = [0, 0];
  const run = (rows: readonly Sale[]) => {
    const late: Sale[] = [];
    const lateGroups = new Set<string>();
    const touched = new Set<string>();
    for (const row of rows) {
      const bounds = boundsOf(row.timeMs, window);
      const open = bounds.filter(([, endMs]) => ignoresTime || endMs > lateMs);
      for (const bound of bounds) {
        if (!open.includes(bound)) lateGroups.add(`${row.key} ${bound[0]}`);
      }
      if (bounds.length > 0 && open.length === 0) late.push(row);
      for (const [startMs, endMs] of open) {
        touched.add(`${row.key} ${startMs}`);
        let merged: Kept = { key: row.key, startMs, endMs, rows: [row] };
        const isOne = (other: Kept) =>
          other.key === merged.key &&
          (window.type === 'session'
            ? other.startMs <= merged.endMs && merged.startMs <= other.endMs
            : other.startMs === merged.startMs);
        for (let other = kept.find(isOne); other !== undefined; other = kept.find(isOne)) {
          kept = kept.filter((each) => each !== other);
          merged = {
            key: row.key,
            startMs: Math.min(merged.startMs, other.startMs),
            endMs: Math.max(merged.endMs, other.endMs),
            rows: [...other.rows, ...merged.rows],
          };
        }
        kept.push(merged);
      }
    }
    const updated = kept.filter(({ key, startMs }) => touched.has(`${key} ${startMs}`));
    const closed = ignoresTime ? [] : kept.filter(({ endMs }) => endMs <= currentMs);
    kept = kept.filter((each) => !closed.includes(each));
    const results = { final: closed, changes: updated, all: kept }[emit];
    outcomes.push({
      rows: results.map(textOf).sort(),
      late: late.map((row) => JSON.stringify(row)).sort(),
      lateGroups: lateGroups.size,
      stateRows: kept.length,
    });
    const maximumMs = Math.max(...rows.map(({ timeMs }) => timeMs));
    lateMs = currentMs;
    currentMs = Math.max(currentMs, maximumMs - delayMs);
  };
  for (const rows of batches) {
    if (rows.length > 0) run(rows);
    if (noDataBatches && !ignoresTime && currentMs > lateMs) run([]);
  }
  return outcomes;
}

function textOf({ key, startMs, endMs, rows }: Kept): string {
  const total = rows.reduce((sums, { value }) => sums + value, 0);
  return JSON.stringify({ key, windowStartMs: startMs, windowEndMs: endMs, n: rows.length, total });
}

/** The same by the engine, its rows spread over two partitions and its state over two. */
async function engine(query: Query, batches: readonly (readonly Sale[])[]): Promise<Outcome[]> {
  const plan = compilePlan(
    dataflow('windows')
      .source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' })
      .withWatermark({ field: 'timeMs', delayMs: query.delayMs, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 })
      .keyBy('key')
      .window(query.window, { kind: 'side-output', output: 'late' })
      .aggregate({ n: count(), total: query.isCustom ? customSum : sum('value') }, { emit: query.emit })
      .sink('output'),
  );
  const source = new MemorySource(SCHEMA, 2);
  const sink = new MemorySink();
  const execution = await MicroBatchExecution.restore({
    plan,
    sources: [source],
    sink,
    files: createMemoryFileStore(),
    openStores: (files) => createMemoryStateFactory(files, 10),
    clock: { nowMs: () => 0, monotonicNs: () => 0n },
    settings: {
      maxRecordsPerBatch: 0,
      noDataBatches: query.noDataBatches,
      retainedBatches: 100,
      statePartitions: 2,
    },
  });
  const outcomes: Outcome[] = [];
  let lateSeen = 0;
  for (const rows of batches) {
    // Rows of one time in one partition: Spark counts late parts of a session by partition.
    for (const row of rows) source.add([row], Math.abs(row.timeMs) % 2);
    for (let batch = await execution.runBatch(); batch !== undefined; batch = await execution.runBatch()) {
      const late = sink.lateRows().slice(lateSeen);
      lateSeen += late.length;
      expect(batch.lateRecords).toBe(late.length);
      outcomes.push({
        rows: sink
          .rowsOf(batch.batchId)
          .map(({ row }) => JSON.stringify(row))
          .sort(),
        late: late.map(({ row }) => JSON.stringify(row)).sort(),
        lateGroups: batch.lateRowsSparkCount,
        stateRows: batch.stateRows,
      });
    }
  }
  await execution.close();
  return outcomes;
}

const windowOf = fc.oneof(
  fc.record({
    type: fc.constant('tumbling' as const),
    sizeMs: fc.constant(10),
    offsetMs: fc.constantFrom(-3, 0, 4),
  }),
  fc.record({
    type: fc.constant('sliding' as const),
    sizeMs: fc.constant(10),
    slideMs: fc.constantFrom(3, 5, 14),
    offsetMs: fc.constantFrom(0, 2),
  }),
  fc.record({ type: fc.constant('session' as const), gapMs: fc.constantFrom(3, 10) }),
);

const queryOf = fc
  .record({
    window: windowOf,
    delayMs: fc.constantFrom(0, 5, 10),
    emit: fc.constantFrom<Emit>('final', 'changes', 'all'),
    noDataBatches: fc.boolean(),
    isCustom: fc.boolean(),
  })
  .filter(({ window, emit }) => !(window.type === 'session' && emit === 'changes'));

const batchesOf = fc.array(
  fc.array(
    fc.record({
      key: fc.constantFrom('a', 'b'),
      value: fc.integer({ min: 0, max: 9 }),
      timeMs: fc.integer({ min: -5, max: 60 }),
    }),
    { maxLength: 6 },
  ),
  { minLength: 1, maxLength: 8 },
);

test('windows put out, drop and keep what the rules say, whatever the query and the batches', async () => {
  await fc.assert(
    fc.asyncProperty(queryOf, batchesOf, async (query, batches) => {
      expect(await engine(query, batches)).toEqual(model(query, batches));
    }),
    { numRuns: 150 },
  );
});
