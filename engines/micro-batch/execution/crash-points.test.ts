import { expect, test } from 'vitest';
import {
  type Aggregate,
  type Clock,
  type GroupStateNode,
  type KeyedProcess,
  listState,
  mapState,
  type Row,
  type Schema,
} from '../../pipeline/index.ts';
import { createMemoryFileStore, type FileStore } from '../log/index.ts';
import type { BatchPlan, JoinPlan, PlanOperator } from '../plan/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';
import type { ExecutionSettings } from './execution-options.ts';
import { MemorySink } from './memory-sink.ts';
import { MemorySource } from './memory-source.ts';
import { MicroBatchExecution } from './micro-batch-execution.ts';
import type { BatchSink } from './ports.ts';

const SCHEMA: Schema = { key: 'utf8', value: 'int64', timeMs: 'int64' };
const DELAY_MS = 10;
const SETTINGS: ExecutionSettings = {
  maxRecordsPerBatch: 5,
  noDataBatches: true,
  retainedBatches: 3,
  statePartitions: 2,
};

const eventTime = { field: 'timeMs', delayMs: DELAY_MS };
const key = { field: 'key', type: 'utf8' } as const;
const aggregates = { count: { function: 'count' }, total: { function: 'sum', field: 'value' } } as const;

/** The values of a group in ascending order. */
const listOfValues: Aggregate = {
  function: 'custom',
  type: 'utf8',
  create: () => [],
  add: (values, row) => [...(values as number[]), row.value as number],
  merge: (left, right) => [...(left as number[]), ...(right as number[])],
  result: (values) => (values as number[]).toSorted((a, b) => a - b).join(' '),
};

const DECLARED = { seen: mapState<number>({ ttlMs: 1e9 }), times: listState<number>() };

/** Counts rows, and tells the count after each batch, and once nothing came for 15 ms of event time. */
const quietKeys: KeyedProcess<number, typeof DECLARED> = {
  processRows(rows, context) {
    const { seen, times } = context.states;
    for (const { value, timeMs } of rows) {
      seen.put(value as number, timeMs as number);
      times.add(timeMs as number);
    }
    context.setState((context.state ?? 0) + rows.length);
    context.registerProcessingTimeTimer(0);
    context.registerEventTimeTimer((rows.at(-1)?.timeMs as number) + 15);
  },
  onProcessingTimeTimer(_timeMs, context) {
    const { seen, times } = context.states;
    context.emit({ key: context.key, count: seen.entries().length, timeMs: times.get().length });
  },
  onEventTimeTimer(timeMs, context) {
    const { seen, times } = context.states;
    if (times.get().some((seenMs) => seenMs + 15 > timeMs)) return;
    context.emit({ key: context.key, count: context.state ?? 0, timeMs });
    context.clearState();
    seen.clear();
    times.clear();
  },
};

/** Counts rows, and tells the count after such a pause, by a timeout. */
const quietGroups: GroupStateNode['apply'] = (rows, group) => {
  const before = (group.state as number | undefined) ?? 0;
  if (group.hasTimedOut) {
    group.emit({ key: group.key, count: before, timeMs: group.currentWatermarkMs });
    group.remove();
    return;
  }
  group.update(before + rows.length);
  group.setTimeoutTimestamp((rows.at(-1)?.timeMs as number) + 15);
};

const OPERATORS: Record<string, PlanOperator> = {
  'running aggregate': {
    kind: 'aggregate',
    key,
    window: undefined,
    eventTime: undefined,
    aggregates,
    outputMode: 'update',
  },
  'final windows': {
    kind: 'aggregate',
    key,
    window: { sizeMs: 20, slideMs: 20, offsetMs: 0 },
    eventTime,
    aggregates,
    outputMode: 'append',
  },
  'session windows': {
    kind: 'keyed-windows',
    key,
    window: { type: 'session', gapMs: 8 },
    eventTime,
    aggregates: { ...aggregates, values: listOfValues },
    outputMode: 'append',
    keepsLateRows: false,
  },
  'first rows within the watermark': {
    kind: 'deduplicate',
    fields: ['key'],
    eventTime,
    forgets: 'after-delay',
  },
  'keyed function with declared state and timers': {
    kind: 'process',
    dataflow: 'quiet keys',
    key,
    eventTime,
    process: quietKeys as unknown as KeyedProcess,
    orderBy: 'timeMs',
    states: DECLARED,
  },
  'groups with timeouts': {
    kind: 'group-state',
    dataflow: 'quiet groups',
    key,
    eventTime,
    node: {
      kind: 'groupState',
      apply: quietGroups,
      timeout: 'event-time',
      emit: 'final',
      orderBy: 'timeMs',
      outputSchema: { key: 'utf8', count: 'int64' },
    },
  },
};

const side = { key, timeField: 'timeMs' };
const joined = {
  kind: 'join',
  dataflow: 'joined',
  left: side,
  right: side,
  leftSources: 1,
  lowerBoundMs: -6,
  upperBoundMs: 6,
  join: (left, right) => ({
    key: left.key as string,
    value: left.value as number,
    other: right?.value ?? -1,
  }),
} as const satisfies Omit<JoinPlan, 'type'>;

const OPERATORS_OF_TWO_SOURCES: Record<string, PlanOperator> = {
  'final windows of two sources': OPERATORS['final windows'] as PlanOperator,
  'join of two sources': { ...joined, type: 'inner' },
  'left outer join of two sources': { ...joined, type: 'left-outer' },
};

/** 60 rows over two partitions, times rising with some disorder and one row in nine hopelessly late. */
const ROWS: readonly Row[] = Array.from({ length: 60 }, (_, index) => ({
  key: `k${Math.floor(index / 5) % 7}`,
  value: index,
  timeMs: index % 9 === 8 ? 1 : 100 + index * 3 - (index % 3) * 4,
}));

class Crash extends Error {}

/** Lets so many operations pass, then fails once: half of the time after the operation took place, as a crash may. */
class CrashPlan {
  #left: number;
  readonly #afterwards: boolean;
  crashed = false;

  constructor(operations: number, afterwards: boolean) {
    this.#left = operations;
    this.#afterwards = afterwards;
  }

  async around<Result>(operation: () => Promise<Result>): Promise<Result> {
    const now = this.#left-- === 0;
    if (now) this.crashed = true;
    if (now && !this.#afterwards) throw new Crash();
    const result = await operation();
    if (now) throw new Crash();
    return result;
  }
}

function fileStoreThatCrashes(files: FileStore, plan: CrashPlan): FileStore {
  return {
    create: (path, content) => plan.around(() => files.create(path, content)),
    replace: (path, content) => plan.around(() => files.replace(path, content)),
    remove: (path) => plan.around(() => files.remove(path)),
    read: files.read,
    list: files.list,
  };
}

const sinkThatCrashes = (sink: BatchSink, plan: CrashPlan): BatchSink => ({
  addBatch: (output) => plan.around(() => sink.addBatch(output)),
  close: () => sink.close(),
});

/**
 * Runs until nothing is left to do, adding the second half of the rows on the way; after a crash goes on from the
 * files.
 */
async function runToEnd(operator: PlanOperator, crash: CrashPlan, sourceCount: number) {
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs++, monotonicNs: () => 0n };
  const plan: BatchPlan = {
    sources: Array.from({ length: sourceCount }, (_, watermarkNode) => ({
      input: `input ${watermarkNode}`,
      schema: SCHEMA,
      columns: Object.keys(SCHEMA),
      steps: [{ kind: 'watermark', field: 'timeMs' }],
      watermarkDelayMs: DELAY_MS,
      watermarkNode,
    })),
    operator,
  };
  const sources = plan.sources.map(() => new MemorySource(SCHEMA, 2));
  ROWS.forEach((row, index) => {
    sources[index % sourceCount]?.add([row], Math.floor(index / sourceCount) % 2);
  });
  const sink = new MemorySink();
  const files = createMemoryFileStore();
  const options = (crashing: CrashPlan) => ({
    plan,
    sources,
    sink: sinkThatCrashes(sink, crashing),
    files: fileStoreThatCrashes(files, crashing),
    openStores: (counted: FileStore) => createMemoryStateFactory(counted, 2),
    clock,
    settings: SETTINGS,
  });
  let execution: MicroBatchExecution | undefined;
  let crashing = crash;
  for (;;) {
    try {
      execution ??= await MicroBatchExecution.restore(options(crashing));
      if ((await execution.runBatch()) === undefined) break;
      await execution.maintain();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      execution = undefined;
      crashing = new CrashPlan(Number.POSITIVE_INFINITY, false);
    }
  }
  return {
    rows: sink.rows(),
    counters: execution.counters,
    committedEnd: execution.committedEnd,
    watermarkMs: execution.watermarkMs,
  };
}

/** Keys of one batch come in no promised order. */
const comparable = (result: Awaited<ReturnType<typeof runToEnd>>) => ({
  ...result,
  rows: result.rows.map(({ row }) => JSON.stringify(row)).sort(),
});

async function holdAgainstCrashes(operator: PlanOperator, sources: number, hasLateRows: boolean) {
  const without = new CrashPlan(Number.POSITIVE_INFINITY, false);
  const expected = comparable(await runToEnd(operator, without, sources));
  expect(expected.rows.length).toBeGreaterThan(8);
  if (hasLateRows) expect(expected.counters.lateRecords).toBeGreaterThan(0);
  let crashes = 0;
  for (const afterwards of [false, true]) {
    for (let operations = 0; ; operations++) {
      const crash = new CrashPlan(operations, afterwards);
      const actual = comparable(await runToEnd(operator, crash, sources));
      if (!crash.crashed) break;
      crashes++;
      expect(actual, `crash ${afterwards ? 'after' : 'before'} operation ${operations}`).toEqual(expected);
    }
  }
  expect(crashes).toBeGreaterThan(100);
}

test.each(Object.keys(OPERATORS))(
  '%s: a crash before or after any durable step changes neither output nor counters',
  (name) => holdAgainstCrashes(OPERATORS[name] as PlanOperator, 1, name !== 'running aggregate'),
);

/*
 * Of several watermarks only what counts is restored, so a crash may let rows in that are late by a little without
 * it. These are late by far.
 */
test.each(Object.keys(OPERATORS_OF_TWO_SOURCES))(
  '%s: a crash before or after any durable step changes neither output nor counters',
  (name) => holdAgainstCrashes(OPERATORS_OF_TWO_SOURCES[name] as PlanOperator, 2, true),
);
