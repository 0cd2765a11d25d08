import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KeyedProcessContext, TwoInputProcess } from '../../pipeline/index.ts';
import {
  type HarnessParts,
  MAX_PARALLELISM,
  type OpenBackend,
  type OperatorStep,
  openHeapBackend,
  runOperatorSteps,
  runOperatorStepsRestoring,
} from '../operator-harness/index.ts';
import { openRocksDbBackend } from '../state/index.ts';
import { BroadcastTable, broadcastStateSchema, createConnectOperator } from './index.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosscurrent-two-input-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

let opened = 0;
const openRocksDb: OpenBackend = () =>
  openRocksDbBackend({
    maxParallelism: MAX_PARALLELISM,
    keyGroups: { first: 0, last: MAX_PARALLELISM - 1 },
    folder: join(root, `store-${opened++}`),
    cacheEntries: 2,
  });

type Step = OperatorStep<string>;

function connected(process: TwoInputProcess) {
  // A restart gives the operator its broadcast state through JSON, as the manifest does.
  let broadcast = new BroadcastTable();
  return (parts: HarnessParts<string>) => {
    broadcast = new BroadcastTable(
      broadcastStateSchema.parse(JSON.parse(JSON.stringify(broadcast.snapshot()))),
    );
    return createConnectOperator({ ...parts, process, broadcast });
  };
}

const element = (input: number, key: string, timestampMs: number): Step => ({
  element: { key, row: { value: key }, timestampMs, raw: '', input },
});
const watermark = (watermarkMs: number): Step => ({ watermarkMs });
const now = (processingTimeMs: number): Step => ({ processingTimeMs });

const say = (context: KeyedProcessContext, text: string): void => context.emit({ text });

/** Both functions register timers, and say who spoke. */
const eventTimers: TwoInputProcess = {
  kind: 'keyed',
  processFirst: (row, context) => {
    say(context, `INPUT1:${row.value}`);
    context.registerEventTimeTimer(5);
  },
  processSecond: (row, context) => {
    say(context, `INPUT2:${row.value}`);
    context.registerEventTimeTimer(6);
  },
  onEventTimeTimer: (_timeMs, context) => say(context, `${context.key}:1777`),
};

const processingTimers: TwoInputProcess = {
  kind: 'keyed',
  processFirst: (row, context) => {
    say(context, `INPUT1:${row.value}`);
    context.registerProcessingTimeTimer(5);
  },
  processSecond: (row, context) => {
    say(context, `INPUT2:${row.value}`);
    context.registerProcessingTimeTimer(6);
  },
  onProcessingTimeTimer: (_timeMs, context) => say(context, '1777'),
};

/** A key's first row sets a timer, whichever input it is from, and its next deletes it. */
function stateful(): TwoInputProcess {
  const handle =
    (input: number) => (row: Readonly<Record<string, string | number>>, context: KeyedProcessContext) => {
      const timeMs = context.currentWatermarkMs + 5;
      if (context.state === undefined) {
        say(context, `INPUT${input}:${row.value}`);
        context.setState({ value: row.value as string, timeMs });
        context.registerEventTimeTimer(timeMs);
      } else {
        context.deleteEventTimeTimer((context.state as { timeMs: number }).timeMs);
        context.clearState();
      }
    };
  return {
    kind: 'keyed',
    processFirst: handle(1),
    processSecond: handle(2),
    onEventTimeTimer: (_timeMs, context) =>
      say(context, `STATE:${(context.state as { value: string }).value}`),
  };
}

const watermarkTold: TwoInputProcess = {
  kind: 'keyed',
  processFirst: (row, context) => say(context, `${row.value}WM:${context.currentWatermarkMs}`),
  processSecond: (row, context) => say(context, `${row.value}WM:${context.currentWatermarkMs}`),
};

/*
 * Cases and expected outputs from Apache Flink (Apache License 2.0),
 * flink-runtime/src/test/java/org/apache/flink/streaming/api/operators/co/KeyedCoProcessOperatorTest.java. Its two watermarks come together
 * in each case, so one stands for both.
 */
const KEYED: readonly [name: string, process: TwoInputProcess, steps: Step[], out: (string | number)[][]][] =
  [
    [
      'testTimestampAndWatermarkQuerying',
      watermarkTold,
      [watermark(17), element(0, '5', 12), watermark(42), element(1, '6', 13)],
      [
        ['5WM:17', 12],
        ['6WM:42', 13],
      ],
    ],
    [
      'testEventTimeTimers',
      eventTimers,
      [element(0, '17', 42), element(1, '18', 42), watermark(5), watermark(6)],
      [
        ['INPUT1:17', 42],
        ['INPUT2:18', 42],
        ['17:1777', 5],
        ['18:1777', 6],
      ],
    ],
    [
      'testProcessingTimeTimers',
      processingTimers,
      [element(0, '17', 0), element(1, '18', 0), now(5), now(6)],
      [['INPUT1:17'], ['INPUT2:18'], ['1777'], ['1777']],
    ],
    [
      'testEventTimeTimerWithState',
      stateful(),
      [
        watermark(1),
        element(0, '17', 0),
        element(0, '13', 0),
        watermark(2),
        element(0, '13', 1),
        element(1, '42', 1),
        watermark(6),
        watermark(7),
      ],
      [
        ['INPUT1:17', 0],
        ['INPUT1:13', 0],
        ['INPUT2:42', 1],
        ['STATE:17', 6],
        ['STATE:42', 7],
      ],
    ],
  ];

describe.each([
  ['heap', openHeapBackend],
  ['rocksdb', openRocksDb],
])('%s', (_backend, open) => {
  test.each(KEYED)('KeyedCoProcessOperatorTest.%s', async (_name, process, steps, expected) => {
    for (const run of [runOperatorSteps, runOperatorStepsRestoring]) {
      const emitted = (await run(open, connected(process), steps)).flat();
      expect(
        emitted.map((each, index) =>
          each.kind === 'result' ? [each.row.text, each.timestampMs].slice(0, expected[index]?.length) : each,
        ),
      ).toEqual(expected);
    }
  });
});

/** Cases from CoBroadcastWithKeyedOperatorTest.java of the same folder: testFunctionWithTimer, testFunctionWithBroadcastState. */
test('a broadcast row is seen by all keys, and by timers', async () => {
  const process: TwoInputProcess = {
    kind: 'broadcast',
    processKeyed: (_row, _broadcast, context) => context.registerEventTimeTimer(41),
    processBroadcast: (row, broadcast) => broadcast.set(`${row.value}.key`, Number(row.value)),
    onEventTimeTimer: (timeMs, broadcast, context) =>
      say(context, `${context.key} TS:${timeMs} ${JSON.stringify([...broadcast.entries()].sort())}`),
  };
  const steps = [
    watermark(10),
    ...['5', '34', '53', '12', '98'].map((key, index) => element(1, key, 10 + index)),
    element(0, 'trigger', 13),
    element(1, '51', 21),
    watermark(50),
  ];
  const state = [
    ['12.key', 12],
    ['34.key', 34],
    ['5.key', 5],
    ['51.key', 51],
    ['53.key', 53],
    ['98.key', 98],
  ];
  for (const run of [runOperatorSteps, runOperatorStepsRestoring]) {
    const emitted = (await run(openHeapBackend, connected(process), steps)).flat();
    expect(emitted).toEqual([
      {
        kind: 'result',
        key: 'trigger',
        row: { text: `trigger TS:41 ${JSON.stringify(state)}` },
        timestampMs: 41,
      },
    ]);
  }
});

test('a deleted rule is gone, after a restart too', async () => {
  const process: TwoInputProcess = {
    kind: 'broadcast',
    processKeyed: (row, broadcast, context) => say(context, String(broadcast.get('rule') ?? row.value)),
    processBroadcast: (row, broadcast) =>
      row.value === 'none' ? broadcast.delete('rule') : broadcast.set('rule', row.value as string),
  };
  const steps = [
    element(0, 'a', 1),
    element(1, 'on', 2),
    element(0, 'a', 3),
    element(1, 'none', 4),
    element(0, 'a', 5),
  ];
  const emitted = await runOperatorStepsRestoring(openHeapBackend, connected(process), steps);
  expect(emitted.flat().map((each) => (each.kind === 'result' ? each.row.text : each))).toEqual([
    'a',
    'on',
    'a',
  ]);
});

test('whatever the interleaving of two inputs between watermarks, what the timers find is the same', async () => {
  type Tally = { readonly first: number; readonly second: number };
  const add = (context: KeyedProcessContext, first: number, second: number): void => {
    const tally = (context.state as Tally | undefined) ?? { first: 0, second: 0 };
    context.setState({ first: tally.first + first, second: tally.second + second });
  };
  const process: TwoInputProcess = {
    kind: 'keyed',
    processFirst: (row, context) => {
      add(context, row.value as number, 0);
      context.registerEventTimeTimer(10 * Math.floor((row.value as number) / 10) + 9);
    },
    processSecond: (row, context) => add(context, 0, row.value as number),
    onEventTimeTimer: (timeMs, context) =>
      say(context, `${context.key} ${timeMs} ${JSON.stringify(context.state)}`),
  };
  const give = fc.record({ input: fc.nat(1), key: fc.constantFrom('a', 'b'), timeMs: fc.nat(9) });
  const spans = fc.array(fc.array(give, { maxLength: 6 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(spans, fc.infiniteStream(fc.nat(1000)), async (given, order) => {
      const stepsOf = (shuffle: boolean) =>
        given.flatMap((span, index) => {
          const rows = span.map((each) => ({ ...each, at: shuffle ? (order.next().value as number) : 0 }));
          const steps = rows
            .sort((a, b) => a.at - b.at)
            .map(({ input, key, timeMs }): Step => {
              const timestampMs = 10 * index + timeMs;
              return { element: { key, row: { value: timestampMs }, timestampMs, raw: '', input } };
            });
          return [...steps, watermark(10 * index + 9)];
        });
      const outcome = async (steps: readonly Step[], run: typeof runOperatorSteps) =>
        (await run(openHeapBackend, connected(process), steps))
          .flat()
          .map((each) => JSON.stringify(each))
          .sort();
      const expected = await outcome(stepsOf(false), runOperatorSteps);
      expect(await outcome(stepsOf(true), runOperatorStepsRestoring)).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});
