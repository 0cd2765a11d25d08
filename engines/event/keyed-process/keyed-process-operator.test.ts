/*
 * Cases of Apache Flink's KeyedProcessOperatorTest (Apache-2.0, repository apache/flink,
 * flink-runtime/src/test/java/org/apache/flink/streaming/api/operators/KeyedProcessOperatorTest.java): expected values are its own. Side outputs
 * of functions, which this engine does not have, are left out. Each case also runs restored after every step.
 */
import { expect, it } from 'vitest';
import {
  type KeyedProcess,
  type KeyedProcessContext,
  type StateDeclarations,
  valueState,
} from '../../pipeline/index.ts';
import {
  type OperatorStep,
  openHeapBackend,
  runOperatorSteps,
  runOperatorStepsRestoring,
} from '../operator-harness/index.ts';
import { KeyedProcessOperator } from './keyed-process-operator.ts';

type Step = OperatorStep<undefined>;
type Emission = readonly [text: string | number, timestampMs: number];

const element = (key: number, timestampMs = 0): Step => ({
  element: { key, row: {}, timestampMs, raw: undefined },
});

interface Case {
  readonly name: string;
  readonly process: KeyedProcess;
  readonly states?: StateDeclarations;
  readonly steps: readonly Step[];
  /** Of each step. */
  readonly expected: readonly (readonly Emission[])[];
}

const emit = (context: KeyedProcessContext, out: string | number): void => context.emit({ out });

/** Emits the key, and 1777 at a timer five milliseconds on. */
const triggering = (domain: 'event' | 'processing'): KeyedProcess => ({
  processRows: (_rows, context) => {
    emit(context, context.key);
    if (domain === 'event') context.registerEventTimeTimer(context.currentWatermarkMs + 5);
    else context.registerProcessingTimeTimer(context.currentProcessingTimeMs + 5);
  },
  onEventTimeTimer: (_timeMs, context) => emit(context, domain === 'event' ? 1777 : 'wrong domain'),
  onProcessingTimeTimer: (_timeMs, context) => emit(context, domain === 'processing' ? 1777 : 'wrong domain'),
});

const SEEN = { seen: valueState<number>() };

/** A first element sets a timer, a second takes it back and the state with it. */
const triggeringWithState = (domain: 'event' | 'processing'): KeyedProcess<null, typeof SEEN> => ({
  processRows: (_rows, context) => {
    const { seen } = context.states;
    if (seen.get() === undefined) {
      context.emit({ out: `INPUT:${context.key}` });
      seen.set(Number(context.key));
      if (domain === 'event') context.registerEventTimeTimer(context.currentWatermarkMs + 5);
      else context.registerProcessingTimeTimer(context.currentProcessingTimeMs + 5);
    } else {
      seen.clear();
      if (domain === 'event') context.deleteEventTimeTimer(context.currentWatermarkMs + 4);
      else context.deleteProcessingTimeTimer(context.currentProcessingTimeMs + 4);
    }
  },
  onEventTimeTimer: (_timeMs, context) => context.emit({ out: `STATE:${context.states.seen.get()}` }),
  onProcessingTimeTimer: (_timeMs, context) => context.emit({ out: `STATE:${context.states.seen.get()}` }),
});

const CASES: readonly Case[] = [
  {
    name: 'testKeyQuerying',
    process: { processRows: (_rows, context) => emit(context, String(context.key)) },
    steps: [element(5, 12), element(42, 13)],
    expected: [[['5', 12]], [['42', 13]]],
  },
  {
    name: 'testTimestampAndWatermarkQuerying',
    process: {
      processRows: (_rows, context) => emit(context, `${context.key}TIME:${context.currentWatermarkMs}`),
    },
    steps: [{ watermarkMs: 17 }, element(5, 12), { watermarkMs: 42 }, element(6, 13)],
    expected: [[], [['5TIME:17', 12]], [], [['6TIME:42', 13]]],
  },
  {
    name: 'testTimestampAndProcessingTimeQuerying',
    process: {
      processRows: (_rows, context) => emit(context, `${context.key}TIME:${context.currentProcessingTimeMs}`),
      onProcessingTimeTimer: () => {},
    },
    steps: [{ processingTimeMs: 17 }, element(5), { processingTimeMs: 42 }, element(6)],
    expected: [[], [['5TIME:17', 0]], [], [['6TIME:42', 0]]],
  },
  {
    name: 'testEventTimeTimers',
    process: triggering('event'),
    steps: [{ watermarkMs: 0 }, element(17, 42), { watermarkMs: 5 }],
    expected: [[], [[17, 42]], [[1777, 5]]],
  },
  {
    name: 'testProcessingTimeTimers',
    process: triggering('processing'),
    steps: [element(17), { processingTimeMs: 5 }],
    expected: [[[17, 0]], [[1777, 5]]],
  },
  {
    name: 'testEventTimeTimerWithState',
    process: triggeringWithState('event') as unknown as KeyedProcess,
    states: SEEN,
    steps: [
      { watermarkMs: 1 },
      element(17, 0),
      element(13, 0),
      { watermarkMs: 2 },
      element(42, 1),
      element(13, 1),
      { watermarkMs: 6 },
      { watermarkMs: 7 },
    ],
    expected: [
      [],
      [['INPUT:17', 0]],
      [['INPUT:13', 0]],
      [],
      [['INPUT:42', 1]],
      [],
      [['STATE:17', 6]],
      [['STATE:42', 7]],
    ],
  },
  {
    name: 'testProcessingTimeTimerWithState',
    process: triggeringWithState('processing') as unknown as KeyedProcess,
    states: SEEN,
    steps: [
      { processingTimeMs: 1 },
      element(17),
      element(13),
      { processingTimeMs: 2 },
      element(13),
      element(42),
      { processingTimeMs: 6 },
      { processingTimeMs: 7 },
    ],
    expected: [
      [],
      [['INPUT:17', 0]],
      [['INPUT:13', 0]],
      [],
      [],
      [['INPUT:42', 0]],
      [['STATE:17', 6]],
      [['STATE:42', 7]],
    ],
  },
  {
    name: 'testSnapshotAndRestore',
    process: {
      processRows: (_rows, context) => {
        context.registerProcessingTimeTimer(3);
        context.registerEventTimeTimer(4);
        context.registerProcessingTimeTimer(5);
        context.registerEventTimeTimer(6);
        context.deleteProcessingTimeTimer(3);
        context.deleteEventTimeTimer(4);
      },
      onEventTimeTimer: (_timeMs, context) => emit(context, 'EVENT:1777'),
      onProcessingTimeTimer: (_timeMs, context) => emit(context, 'PROC:1777'),
    },
    steps: [element(5, 12), { snapshotRestore: true }, { processingTimeMs: 5 }, { watermarkMs: 6 }],
    expected: [[], [], [['PROC:1777', 5]], [['EVENT:1777', 6]]],
  },
];

it.each([
  ['unbroken', runOperatorSteps],
  ['restored after every step', runOperatorStepsRestoring],
] as const)('KeyedProcessOperatorTest, %s', async (_life, run) => {
  for (const { name, process, states = {}, steps, expected } of CASES) {
    const emissions = await run(
      openHeapBackend,
      (parts) => new KeyedProcessOperator<undefined>({ ...parts, process, states }),
      steps,
    );
    const seen = emissions.map((emitted) =>
      emitted.map((emission) => emission.kind === 'result' && [emission.row.out, emission.timestampMs]),
    );
    expect([name, seen]).toEqual([name, expected]);
  }
});

it('refuses processing time to a function that has no onProcessingTimeTimer', async () => {
  const uses: ((context: KeyedProcessContext) => void)[] = [
    (context) => context.registerProcessingTimeTimer(1),
    (context) => context.deleteProcessingTimeTimer(1),
    (context) => void context.currentProcessingTimeMs,
  ];
  for (const use of uses) {
    const process: KeyedProcess = { processRows: (_rows, context) => use(context) };
    await expect(
      runOperatorSteps(
        openHeapBackend,
        (parts) => new KeyedProcessOperator<undefined>({ ...parts, process }),
        [element(1)],
      ),
    ).rejects.toMatchObject({ code: 'PIPELINE_PROCESSING_TIME_UNDECLARED' });
  }
});
