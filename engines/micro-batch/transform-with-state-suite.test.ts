// Long because it is data: scripts of one suite of Spark's, each under the name of the test it is from.
import {
  dataflow,
  input,
  listState,
  mapState,
  type Row,
  type StateTtl,
  valueState,
} from '../pipeline/index.ts';
import {
  addData,
  addDataTo,
  advanceClock,
  checkNewAnswer,
  type StreamStep,
  start,
  stop,
  testStream,
} from './testing/stream-script.ts';

/*
 * Spark's TransformWithStateSuite, TransformWithListStateSuite, TransformWithMapStateTTLSuite and TransformWithStateTTLTest as data
 * (apache/spark, Apache License 2.0, sql/core/src/test/scala/org/apache/spark/sql/streaming). Not ported: initial state, changed schemas, deletion
 * of a state by name, listTimers, chained operators, batch queries, column families, nulls and empty lists as errors (here a list may be replaced by an
 * empty one), metrics by name, and reads of Spark's own indices of expiry, in whose place state is read at the instants in question. Where the
 * original counts calls and not rows, so does the function here. Long, since the functions and scripts of one family of suites stand together.
 */

const SCHEMA = { key: 'utf8', action: 'utf8', name: 'utf8', value: 'int64', timeMs: 'int64' } as const;
const OUT = { key: 'utf8', value: 'int64' } as const;
const START = { input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' } as const;
const source = () => dataflow('processed').source(START);

const row = (key: string, fields: Partial<Record<string, string | number>> = {}): Row =>
  ({ key, action: '', name: '', value: 0, timeMs: 0, ...fields }) as Row;
const keys = (...names: string[]): Row[] => names.map((key) => row(key));
const gives = (key: string, value: number): Row => ({ key, value });

const counting = (rows: ReturnType<typeof source>) =>
  rows
    .keyBy('key')
    .keyedProcess({
      orderBy: 'timeMs',
      outputSchema: OUT,
      states: { count: valueState<number>() },
      process: {
        processRows(_rows, context) {
          const { count } = context.states;
          const next = (count.get() ?? 0) + 1;
          if (next === 3) {
            count.clear();
          } else {
            count.set(next);
            context.emit({ key: context.key as string, value: next });
          }
        },
      },
    })
    .sink('output');

testStream('transformWithState - streaming should succeed', {
  dataflow: counting(source()),
  steps: [
    addData(...keys('a')),
    checkNewAnswer(gives('a', 1)),
    addData(...keys('a', 'b')),
    checkNewAnswer(gives('a', 2), gives('b', 1)),
    stop,
    start,
    addData(...keys('a', 'b')),
    checkNewAnswer(gives('b', 2)),
    stop,
    start,
    addData(...keys('a', 'c')),
    checkNewAnswer(gives('a', 1), gives('c', 1)),
  ],
});

testStream('transformWithState - three input streams', {
  dataflow: counting(
    dataflow('processed').union(
      input(START),
      input({ ...START, input: 'second' }),
      input({ ...START, input: 'third' }),
    ),
  ),
  steps: [
    addDataTo(0, ...keys('a')),
    checkNewAnswer(gives('a', 1)),
    addDataTo(1, ...keys('a', 'b')),
    checkNewAnswer(gives('a', 2), gives('b', 1)),
    addDataTo(2, ...keys('a', 'b')),
    checkNewAnswer(gives('b', 2)),
    addDataTo(0, ...keys('d', 'e')),
    addDataTo(1, ...keys('a', 'c')),
    checkNewAnswer(gives('a', 1), gives('c', 1), gives('d', 1), gives('e', 1)),
    addDataTo(2, ...keys('a', 'c', 'd', 'e')),
    checkNewAnswer(gives('a', 2), gives('c', 2), gives('d', 2), gives('e', 2)),
  ],
});

testStream('transformWithState - processing time timer should succeed', {
  dataflow: source()
    .keyBy('key')
    .keyedProcess({
      orderBy: 'timeMs',
      outputSchema: OUT,
      states: { count: valueState<number>() },
      process: {
        processRows(_rows, context) {
          const { count } = context.states;
          const before = count.get() ?? 0;
          if (before === 0 && (context.key === 'a' || context.key === 'c')) {
            context.registerProcessingTimeTimer(context.currentProcessingTimeMs + 5_000);
          }
          if (before === 2) {
            count.clear();
          } else {
            count.set(before + 1);
            context.emit({ key: context.key as string, value: before + 1 });
          }
        },
        onProcessingTimeTimer(_timeMs, context) {
          context.states.count.clear();
          context.emit({ key: context.key as string, value: -1 });
        },
      },
    })
    .sink('output'),
  trigger: 'clock',
  steps: [
    addData(...keys('a')),
    advanceClock(1_000),
    checkNewAnswer(gives('a', 1)),
    addData(...keys('b')),
    advanceClock(1_000),
    checkNewAnswer(gives('b', 1)),
    addData(...keys('b')),
    advanceClock(10_000),
    checkNewAnswer(gives('a', -1), gives('b', 2)),
    stop,
    start,
    addData(...keys('b', 'c')),
    advanceClock(1_000),
    checkNewAnswer(gives('c', 1)),
    addData(...keys('d')),
    advanceClock(10_000),
    checkNewAnswer(gives('c', -1), gives('d', 1)),
  ],
});

testStream('transformWithState - processing time timer and updating timers should succeed', {
  dataflow: source()
    .keyBy('key')
    .keyedProcess({
      orderBy: 'timeMs',
      outputSchema: OUT,
      states: { count: valueState<number>(), timer: valueState<number>() },
      process: {
        processRows(rows, context) {
          const { count, timer } = context.states;
          const before = count.get() ?? 0;
          count.set(before + rows.length);
          if (context.key === 'a' && before < 2) {
            if (before === 1) context.deleteProcessingTimeTimer(timer.get() as number);
            const timeMs = context.currentProcessingTimeMs + (before === 0 ? 5_000 : 7_500);
            context.registerProcessingTimeTimer(timeMs);
            timer.set(timeMs);
          }
          context.emit({ key: context.key as string, value: before + rows.length });
        },
        onProcessingTimeTimer(_timeMs, context) {
          context.states.timer.clear();
          context.emit({ key: context.key as string, value: -1 });
        },
      },
    })
    .sink('output'),
  trigger: 'clock',
  steps: [
    addData(...keys('a')),
    advanceClock(1_000),
    checkNewAnswer(gives('a', 1)),
    addData(...keys('a')),
    advanceClock(2_000),
    checkNewAnswer(gives('a', 2)),
    stop,
    start,
    addData(...keys('d')),
    advanceClock(10_000),
    checkNewAnswer(gives('a', -1), gives('d', 1)),
  ],
});

testStream('transformWithState - processing time timer and multiple timers should succeed', {
  dataflow: source()
    .keyBy('key')
    .keyedProcess({
      orderBy: 'timeMs',
      outputSchema: OUT,
      states: { count: valueState<number>() },
      process: {
        processRows(rows, context) {
          const { count } = context.states;
          const before = count.get() ?? 0;
          count.set(before + rows.length);
          if (before > 0) return;
          for (const afterMs of [5_000, 10_000, 15_000]) {
            context.registerProcessingTimeTimer(context.currentProcessingTimeMs + afterMs);
          }
        },
        onProcessingTimeTimer(_timeMs, context) {
          context.emit({ key: context.key as string, value: context.states.count.get() ?? 0 });
        },
      },
    })
    .sink('output'),
  trigger: 'clock',
  steps: [
    addData(...keys('a')),
    advanceClock(1_000),
    addData(...keys('a')),
    advanceClock(6_000),
    checkNewAnswer(gives('a', 2)),
    addData(...keys('a')),
    advanceClock(5_000),
    checkNewAnswer(gives('a', 3)),
    stop,
    start,
    addData(...keys('a')),
    advanceClock(5_000),
    checkNewAnswer(gives('a', 4)),
  ],
});

const at = (key: string, seconds: number): Row => row(key, { timeMs: seconds * 1000 });

testStream('transformWithState - event time based timer', {
  dataflow: source()
    .withWatermark({ field: 'timeMs', delayMs: 10_000, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 })
    .keyBy('key')
    .keyedProcess({
      orderBy: 'timeMs',
      outputSchema: OUT,
      states: { highest: valueState<number>(), timer: valueState<number>() },
      process: {
        processRows(rows, context) {
          const { highest, timer } = context.states;
          const next = Math.max(highest.get() ?? 0, ...rows.map(({ timeMs }) => timeMs / 1000));
          highest.set(next);
          const registeredMs = timer.get() ?? 0;
          const timeMs = (next + 5) * 1000;
          if (registeredMs < timeMs) {
            context.deleteEventTimeTimer(registeredMs);
            context.registerEventTimeTimer(timeMs);
            timer.set(timeMs);
          }
          context.emit({ key: context.key as string, value: next });
        },
        onEventTimeTimer(_timeMs, context) {
          context.states.highest.clear();
          context.emit({ key: context.key as string, value: -1 });
        },
      },
    })
    .sink('output'),
  steps: [
    addData(at('a', 11), at('a', 13), at('a', 15)),
    checkNewAnswer(gives('a', 15)),
    addData(at('a', 4)),
    checkNewAnswer(),
    addData(at('a', 10)),
    checkNewAnswer(gives('a', 15)),
    addData(at('b', 31)),
    checkNewAnswer(gives('a', -1), gives('b', 31)),
  ],
});

const LISTED = { key: 'utf8', name: 'utf8' } as const;
const list = (key: string, action: string, name = ''): Row => row(key, { action, name });
const listed = (key: string, ...names: string[]): Row[] => names.map((name) => ({ key, name }));
const tick = advanceClock(1_000);

testStream('test list state correctness', {
  dataflow: source()
    .keyBy('key')
    .keyedProcess({
      orderBy: 'timeMs',
      outputSchema: LISTED,
      states: { texts: listState<string>() },
      process: {
        processRows(rows, context) {
          const { texts } = context.states;
          const emit = (name: string) => context.emit({ key: context.key as string, name });
          for (const { action, name } of rows) {
            if (action === 'emit') emit(name);
            if (action === 'emitAllInState') {
              for (const text of texts.get()) emit(text);
              texts.clear();
            }
            if (action === 'append') texts.add(name);
            if (action === 'appendAll') texts.addAll(name.split(','));
            if (action === 'put') texts.update(name.split(','));
            if (action === 'remove') texts.clear();
          }
        },
      },
    })
    .sink('output'),
  trigger: 'clock',
  steps: [
    addData(list('k1', 'emit', 'v1')),
    tick,
    checkNewAnswer(...listed('k1', 'v1')),
    addData(list('k1', 'append', 'v2'), list('k1', 'emitAllInState')),
    tick,
    checkNewAnswer(...listed('k1', 'v2')),
    addData(
      list('k2', 'append', 'v1'),
      list('k1', 'append', 'v4'),
      list('k2', 'append', 'v2'),
      list('k1', 'emit', 'v5'),
      list('k2', 'emit', 'v3'),
    ),
    tick,
    checkNewAnswer(...listed('k1', 'v5'), ...listed('k2', 'v3')),
    addData(list('k1', 'emitAllInState'), list('k2', 'emitAllInState')),
    tick,
    checkNewAnswer(...listed('k2', 'v1', 'v2'), ...listed('k1', 'v4')),
    addData(list('k3', 'appendAll', 'v1,v2,v3'), list('k3', 'emit', 'v4'), list('k3', 'append', 'v5')),
    tick,
    checkNewAnswer(...listed('k3', 'v4')),
    addData(list('k3', 'emitAllInState')),
    tick,
    checkNewAnswer(...listed('k3', 'v1', 'v2', 'v3', 'v5')),
    addData(
      list('k4', 'append', 'v2'),
      list('k4', 'appendAll', 'v3,v4'),
      list('k4', 'remove'),
      list('k4', 'emitAllInState'),
    ),
    tick,
    checkNewAnswer(),
    addData(
      list('k5', 'appendAll', 'v1,v2,v3'),
      list('k5', 'append', 'v4'),
      list('k5', 'put', 'v5,v6'),
      list('k5', 'emitAllInState'),
    ),
    tick,
    checkNewAnswer(...listed('k5', 'v5', 'v6')),
  ],
});

const TTL: StateTtl = { ttlMs: 60_000 };
const act = (key: string, action: string, value = -1, name = 'key'): Row => row(key, { action, value, name });

/** The processor of each suite of expiry, by the kind of its state; `iterator` is the map's. */
const expiring = {
  value: () =>
    source()
      .keyBy('key')
      .keyedProcess({
        orderBy: 'timeMs',
        outputSchema: OUT,
        states: { kept: valueState<number>(TTL) },
        process: {
          processRows(rows, context) {
            const { kept } = context.states;
            for (const { action, value } of rows) {
              if (action === 'put') kept.set(value);
              if (action === 'clear') kept.clear();
              const found = action === 'get' ? kept.get() : undefined;
              if (found !== undefined) context.emit({ key: context.key as string, value: found });
            }
          },
        },
      })
      .sink('output'),
  list: () =>
    source()
      .keyBy('key')
      .keyedProcess({
        orderBy: 'timeMs',
        outputSchema: OUT,
        states: { kept: listState<number>(TTL) },
        process: {
          processRows(rows, context) {
            const { kept } = context.states;
            for (const { action, value } of rows) {
              if (action === 'put') kept.update([value]);
              if (action === 'clear') kept.clear();
              const found = action === 'get' ? kept.get() : [];
              for (const each of found) context.emit({ key: context.key as string, value: each });
            }
          },
        },
      })
      .sink('output'),
  map: () =>
    source()
      .keyBy('key')
      .keyedProcess({
        orderBy: 'timeMs',
        outputSchema: OUT,
        states: { kept: mapState<number>(TTL) },
        process: {
          processRows(rows, context) {
            const { kept } = context.states;
            for (const { action, name, value } of rows) {
              if (action === 'put') kept.put(name, value);
              if (action === 'clear') kept.clear();
              const found = action === 'get' ? kept.get(name) : undefined;
              if (found !== undefined) context.emit({ key: context.key as string, value: found });
              if (action !== 'iterator') continue;
              for (const [, each] of kept.entries())
                context.emit({ key: context.key as string, value: each });
            }
          },
        },
      })
      .sink('output'),
};

const EXPIRY_CASES: Readonly<Record<string, readonly StreamStep[]>> = {
  'validate state is evicted at ttl expiry': [
    addData(act('k1', 'put', 1)),
    tick,
    checkNewAnswer(),
    stop,
    start,
    addData(act('k1', 'get')),
    tick,
    checkNewAnswer(gives('k1', 1)),
    stop,
    start,
    advanceClock(60_000),
    addData(act('k1', 'get')),
    tick,
    checkNewAnswer(),
  ],
  'validate state update updates the expiration timestamp': [
    addData(act('k1', 'put', 1)),
    tick,
    addData(act('k1', 'get')),
    tick,
    checkNewAnswer(gives('k1', 1)),
    advanceClock(32_000),
    addData(act('k1', 'put', 1), act('k1', 'get')),
    tick,
    checkNewAnswer(gives('k1', 1)),
    advanceClock(32_000),
    addData(act('k1', 'get')),
    tick,
    checkNewAnswer(gives('k1', 1)),
    advanceClock(26_000),
    addData(act('k1', 'get')),
    checkNewAnswer(),
    tick,
    checkNewAnswer(),
  ],
  'validate only expired keys are removed from the state': [
    addData(act('k1', 'put', 1)),
    tick,
    advanceClock(30_000),
    addData(act('k2', 'put', 2)),
    tick,
    checkNewAnswer(),
    advanceClock(30_000),
    addData(act('k1', 'get'), act('k2', 'get')),
    tick,
    checkNewAnswer(gives('k2', 2)),
  ],
  'validate that clear only clears the current grouping key': [
    addData(act('k1', 'put', 1), act('k2', 'put', 2), act('k3', 'put', 3)),
    tick,
    addData(act('k1', 'clear'), act('k1', 'get')),
    tick,
    checkNewAnswer(),
    addData(act('k2', 'get'), act('k3', 'get')),
    tick,
    checkNewAnswer(gives('k2', 2), gives('k3', 3)),
  ],
};

for (const [kind, processed] of Object.entries(expiring)) {
  for (const [name, steps] of Object.entries(EXPIRY_CASES)) {
    testStream(`${name}, ${kind} state`, { dataflow: processed(), trigger: 'clock', steps });
  }
}

testStream('validate state is evicted with multiple user keys', {
  dataflow: expiring.map(),
  trigger: 'clock',
  steps: [
    addData(act('k1', 'put', 1, 'key1')),
    tick,
    addData(act('k1', 'get', -1, 'key1')),
    advanceClock(30_000),
    checkNewAnswer(gives('k1', 1)),
    addData(act('k1', 'put', 2, 'key2')),
    tick,
    checkNewAnswer(),
    addData(act('k1', 'get', -1, 'key1'), act('k1', 'get', -1, 'key2')),
    advanceClock(30_000),
    checkNewAnswer(gives('k1', 2)),
  ],
});

testStream("verify iterator doesn't return expired keys", {
  dataflow: expiring.map(),
  trigger: 'clock',
  steps: [
    addData(act('k1', 'put', 1, 'key1'), act('k1', 'put', 2, 'key2')),
    tick,
    addData(act('k1', 'get', -1, 'key1'), act('k1', 'get', -1, 'key2')),
    advanceClock(30_000),
    checkNewAnswer(gives('k1', 1), gives('k1', 2)),
    advanceClock(31_000),
    addData(
      act('k1', 'put', 3, 'key3'),
      act('k1', 'put', 4, 'key4'),
      act('k1', 'put', 5, 'key5'),
      act('k1', 'iterator'),
    ),
    tick,
    checkNewAnswer(gives('k1', 3), gives('k1', 4), gives('k1', 5)),
  ],
});
