// Long because it is data: inputs and expected outputs of flink-runtime/src/test/java/org/apache/flink/streaming/runtime/operators/windowing/
// WindowOperatorTest.java in apache/flink (Apache License 2.0), each case under the name of the test it is from.
import type { WindowNode } from '../../../pipeline/index.ts';
import { element, type Step } from './run-window.ts';

/** A step and what comes out during it: `key sum @timestamp`, of sessions `key sum start..end`, or `late` and the raw element. */
interface PortedStep {
  readonly step: Step;
  readonly gives: readonly string[];
}

export interface PortedCase {
  readonly test: string;
  readonly node: Omit<WindowNode, 'kind' | 'late'>;
  readonly steps: readonly PortedStep[];
}

/** An element, and what it leads to at once. */
const e = (key: string, value: number, timestampMs: number, ...gives: string[]): PortedStep => ({
  step: element(key, value, timestampMs),
  gives,
});
const w = (watermarkMs: number, ...gives: string[]): PortedStep => ({ step: { watermarkMs }, gives });
const p = (processingTimeMs: number, ...gives: string[]): PortedStep => ({
  step: { processingTimeMs },
  gives,
});
const RESTORE: PortedStep = { step: { snapshotRestore: true }, gives: [] };

const EVENT_TIME = { type: 'eventTime' } as const;
const PURGING_EVENT_TIME = { type: 'purging', trigger: EVENT_TIME } as const;
const PURGING_COUNT = { type: 'purging', trigger: { type: 'count', count: 4 } } as const;
const tumbling = (sizeMs: number) => ({ type: 'tumbling', sizeMs, offsetMs: 0 }) as const;
const SLIDING = { type: 'sliding', sizeMs: 3000, slideMs: 1000, offsetMs: 0 } as const;
const SESSION = { type: 'session', gapMs: 3000 } as const;
const GLOBAL = { type: 'global' } as const;

const OUT_OF_ORDER = [
  e('key2', 1, 3999),
  e('key2', 1, 3000),
  e('key1', 1, 20),
  e('key1', 1, 0),
  e('key1', 1, 999),
  e('key2', 1, 1998),
  e('key2', 1, 1999),
  e('key2', 1, 1000),
];

/** How the five tests of late elements of sessions begin. */
const SESSIONS_THAT_MERGE = [
  e('key2', 1, 1000),
  w(1999),
  e('key2', 1, 2000),
  w(4998),
  e('key2', 1, 4500),
  e('key2', 1, 8500),
  w(7400),
  e('key2', 1, 7000),
  w(11501, 'key2 5 1000..11500'),
  e('key2', 1, 11600),
  w(14600, 'key2 1 11600..14600'),
];

export const WINDOW_OPERATOR_CASES: readonly PortedCase[] = [
  {
    test: 'testSlidingEventTimeWindows',
    node: { window: SLIDING },
    steps: [
      ...OUT_OF_ORDER,
      w(999, 'key1 3 @999'),
      w(1999, 'key1 3 @1999', 'key2 3 @1999'),
      w(2999, 'key1 3 @2999', 'key2 3 @2999'),
      RESTORE,
      w(3999, 'key2 5 @3999'),
      w(4999, 'key2 2 @4999'),
      w(5999, 'key2 2 @5999'),
      w(6999),
      w(7999),
    ],
  },
  {
    test: 'testTumblingEventTimeWindows',
    node: { window: tumbling(3000) },
    steps: [
      ...OUT_OF_ORDER,
      w(999),
      w(1999),
      RESTORE,
      w(2999, 'key1 3 @2999', 'key2 3 @2999'),
      w(3999),
      w(4999),
      w(5999, 'key2 2 @5999'),
      w(6999),
      w(7999),
    ],
  },
  {
    test: 'testSessionWindows',
    node: { window: SESSION },
    steps: [
      e('key2', 1, 0),
      e('key2', 2, 1000),
      e('key2', 3, 2500),
      e('key1', 1, 10),
      e('key1', 2, 1000),
      RESTORE,
      e('key1', 3, 2500),
      e('key2', 4, 5501),
      e('key2', 5, 6000),
      e('key2', 5, 6000),
      e('key2', 6, 6050),
      w(12000, 'key1 6 10..5500', 'key2 6 0..5500', 'key2 20 5501..9050'),
      e('key2', 10, 15000),
      e('key2', 20, 15000),
      w(17999, 'key2 30 15000..18000'),
    ],
  },
  {
    test: 'testSessionWindowsWithCountTrigger',
    node: { window: SESSION, trigger: PURGING_COUNT },
    steps: [
      e('key2', 1, 0),
      e('key2', 2, 1000),
      e('key2', 3, 2500),
      e('key2', 4, 3500, 'key2 10 0..6500'),
      e('key1', 1, 10),
      e('key1', 2, 1000),
      RESTORE,
      e('key1', 3, 2500),
      e('key1', 1, 6000),
      e('key1', 2, 6500),
      e('key1', 3, 7000),
      e('key1', 10, 4500, 'key1 22 10..10000'),
    ],
  },
  {
    test: 'testSessionWindowsWithContinuousEventTimeTrigger',
    node: { window: SESSION, trigger: { type: 'continuousEventTime', intervalMs: 2000 } },
    steps: [
      e('key1', 1, 1500),
      e('key2', 1, 0),
      e('key2', 3, 2500),
      e('key2', 2, 1000),
      w(2500, 'key1 1 1500..4500', 'key2 6 0..5500'),
      e('key2', 5, 4000),
      w(3000),
      RESTORE,
      e('key1', 2, 4000),
      e('key2', 4, 3500),
      w(4000, 'key1 3 1500..7000', 'key2 15 0..7000'),
    ],
  },
  {
    test: 'testContinuousWatermarkTrigger',
    node: { window: GLOBAL, trigger: { type: 'continuousEventTime', intervalMs: 3000 } },
    steps: [
      e('key1', 1, 0),
      e('key2', 1, 3000),
      e('key2', 1, 3999),
      e('key1', 1, 20),
      e('key1', 1, 999),
      e('key2', 1, 1998),
      e('key2', 1, 1999),
      e('key2', 1, 1000),
      w(1000),
      w(2000),
      w(3000, 'key1 3 @Infinity'),
      w(4000),
      w(5000),
      w(6000, 'key1 3 @Infinity', 'key2 5 @Infinity'),
      w(7000),
      w(8000),
    ],
  },
  {
    test: 'testCountTrigger',
    node: { window: GLOBAL, trigger: PURGING_COUNT },
    steps: [
      e('key2', 1, 3000),
      e('key2', 1, 3999),
      e('key1', 1, 20),
      e('key1', 1, 0),
      e('key1', 1, 999),
      e('key2', 1, 1998),
      e('key2', 1, 1999, 'key2 4 @Infinity'),
      RESTORE,
      e('key2', 1, 1000),
      e('key1', 1, 10999, 'key1 4 @Infinity'),
      e('key2', 1, 1000),
      e('key2', 1, 1000),
      e('key2', 1, 1000, 'key2 4 @Infinity'),
    ],
  },
  {
    test: 'testEndOfStreamTrigger',
    node: { window: GLOBAL, trigger: EVENT_TIME },
    steps: [...OUT_OF_ORDER, w(Number.POSITIVE_INFINITY, 'key1 3 @Infinity', 'key2 5 @Infinity')],
  },
  {
    test: 'testProcessingTimeTumblingWindows',
    node: { window: tumbling(3000), time: 'processing' },
    steps: [
      p(3),
      e('key2', 1, Number.POSITIVE_INFINITY),
      e('key2', 1, 7000),
      e('key2', 1, 7000),
      e('key1', 1, 7000),
      e('key1', 1, 7000),
      p(5000, 'key1 2 @2999', 'key2 3 @2999'),
      e('key1', 1, 7000),
      e('key1', 1, 7000),
      e('key1', 1, 7000),
      p(7000, 'key1 3 @5999'),
    ],
  },
  {
    test: 'testProcessingTimeSlidingWindows',
    node: { window: SLIDING, time: 'processing' },
    steps: [
      p(3),
      e('key2', 1, Number.POSITIVE_INFINITY),
      p(1000, 'key2 1 @999'),
      e('key2', 1, Number.POSITIVE_INFINITY),
      e('key2', 1, Number.POSITIVE_INFINITY),
      p(2000, 'key2 3 @1999'),
      e('key1', 1, Number.POSITIVE_INFINITY),
      e('key1', 1, Number.POSITIVE_INFINITY),
      p(3000, 'key2 3 @2999', 'key1 2 @2999'),
      e('key1', 1, Number.POSITIVE_INFINITY),
      e('key1', 1, Number.POSITIVE_INFINITY),
      e('key1', 1, Number.POSITIVE_INFINITY),
      p(7000, 'key2 2 @3999', 'key1 5 @3999', 'key1 5 @4999', 'key1 3 @5999'),
    ],
  },
  {
    test: 'testProcessingTimeSessionWindows',
    node: { window: SESSION, time: 'processing' },
    steps: [
      p(3),
      e('key2', 1, 1),
      p(1000),
      e('key2', 1, 1002),
      p(5000, 'key2 2 3..4000'),
      e('key2', 1, 5000),
      e('key2', 1, 5000),
      e('key1', 1, 5000),
      e('key1', 1, 5000),
      e('key1', 1, 5000),
      p(10000, 'key2 2 5000..8000', 'key1 3 5000..8000'),
    ],
  },
  {
    test: 'testLateness',
    node: { window: tumbling(2000), allowedLatenessMs: 500, trigger: PURGING_EVENT_TIME },
    steps: [
      e('key2', 1, 500),
      w(1500),
      e('key2', 1, 1300),
      w(2300, 'key2 2 @1999'),
      e('key2', 1, 1997, 'key2 1 @1999'),
      w(6000),
      e('key2', 1, 1998, 'late key2 1 at 1998'),
      w(7000),
    ],
  },
  {
    test: 'testSideOutputDueToLatenessTumbling',
    node: { window: tumbling(2000) },
    steps: [
      e('key2', 1, 1000),
      w(1985),
      e('key2', 1, 1980),
      w(1999, 'key2 2 @1999'),
      e('key2', 1, 1998, 'late key2 1 at 1998'),
      e('key2', 1, 2001),
      w(2999),
      w(3999, 'key2 1 @3999'),
    ],
  },
  {
    test: 'testSideOutputDueToLatenessSliding',
    node: { window: SLIDING },
    steps: [
      e('key2', 1, 1000),
      w(1999, 'key2 1 @1999'),
      e('key2', 1, 2000),
      w(3000, 'key2 2 @2999'),
      e('key1', 1, 3001),
      e('key2', 1, 2400),
      e('key2', 1, 2400),
      e('key1', 1, 3001),
      e('key2', 1, 3900),
      w(6000, 'key2 5 @3999', 'key1 2 @3999', 'key2 4 @4999', 'key1 2 @4999', 'key2 1 @5999', 'key1 2 @5999'),
      e('key1', 1, 3001, 'late key1 1 at 3001'),
      w(25000),
    ],
  },
  {
    test: 'testSideOutputDueToLatenessSessionZeroLatenessPurgingTrigger',
    node: { window: SESSION, trigger: PURGING_EVENT_TIME },
    steps: [
      ...SESSIONS_THAT_MERGE,
      e('key2', 1, 10000, 'late key2 1 at 10000'),
      e('key2', 1, 10100, 'late key2 1 at 10100'),
      e('key2', 1, 14500),
      w(20000, 'key2 1 14500..17500'),
      w(100000),
    ],
  },
  {
    test: 'testSideOutputDueToLatenessSessionZeroLateness',
    node: { window: SESSION },
    steps: [
      ...SESSIONS_THAT_MERGE,
      e('key2', 1, 10000, 'late key2 1 at 10000'),
      e('key2', 1, 14500),
      w(20000, 'key2 1 14500..17500'),
      w(100000),
    ],
  },
  {
    test: 'testDropDueToLatenessSessionWithLatenessPurgingTrigger',
    node: { window: SESSION, allowedLatenessMs: 10, trigger: PURGING_EVENT_TIME },
    steps: [
      ...SESSIONS_THAT_MERGE,
      e('key2', 1, 10000, 'key2 1 10000..14600'),
      e('key2', 1, 14500),
      w(20000, 'key2 1 10000..17500'),
      w(100000),
    ],
  },
  {
    test: 'testNotSideOutputDueToLatenessSessionWithLateness',
    node: { window: SESSION, allowedLatenessMs: 10 },
    steps: [
      ...SESSIONS_THAT_MERGE,
      e('key2', 1, 10000, 'key2 2 10000..14600'),
      e('key2', 1, 14500),
      w(20000, 'key2 3 10000..17500'),
      w(100000),
    ],
  },
  {
    test: 'testNotSideOutputDueToLatenessSessionWithHugeLatenessPurgingTrigger',
    node: { window: SESSION, allowedLatenessMs: 10_000, trigger: PURGING_EVENT_TIME },
    steps: [
      ...SESSIONS_THAT_MERGE,
      e('key2', 1, 10000, 'key2 1 1000..14600'),
      e('key2', 1, 14500),
      w(20000, 'key2 1 1000..17500'),
      w(100000),
    ],
  },
  {
    test: 'testNotSideOutputDueToLatenessSessionWithHugeLateness',
    node: { window: SESSION, allowedLatenessMs: 10_000 },
    steps: [
      ...SESSIONS_THAT_MERGE,
      e('key2', 1, 10000, 'key2 7 1000..14600'),
      e('key2', 1, 14500),
      w(20000, 'key2 8 1000..17500'),
      w(100000),
    ],
  },
  {
    test: 'testCleanupTimerWithEmptyStateForTumblingWindows',
    node: { window: tumbling(2000), allowedLatenessMs: 1 },
    steps: [e('key2', 1, 1000), w(1599), w(1999, 'key2 1 @1999'), w(2000), w(5000)],
  },
  {
    test: 'testCleanupTimerWithEmptyListStateForTumblingWindows2',
    node: {
      window: tumbling(2000),
      allowedLatenessMs: 100,
      trigger: {
        type: 'custom',
        trigger: {
          onElement(_row, _timestampMs, { endMs }, context) {
            if (endMs - 1 <= context.currentWatermarkMs) return 'fire';
            context.registerEventTimeTimer(endMs - 1);
            return 'continue';
          },
          onEventTime: (timeMs, { endMs }) =>
            timeMs === endMs - 1 || timeMs === endMs + 99 ? 'fireAndPurge' : 'continue',
          clear: ({ endMs }, context) => context.deleteEventTimeTimer(endMs - 1),
        },
      },
    },
    steps: [e('key2', 1, 1000), w(1599), w(1999, 'key2 1 @1999'), w(2100), w(5000)],
  },
  {
    test: 'testCleanupTimerWithEmptyStateForSessionWindows',
    node: { window: SESSION, allowedLatenessMs: 10 },
    steps: [e('key2', 1, 1000), w(4998, 'key2 1 1000..4000'), w(14600)],
  },
];
