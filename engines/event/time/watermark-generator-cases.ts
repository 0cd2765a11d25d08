/*
 * The cases of Apache Flink's tests of watermark generators, as data (Apache-2.0, repository apache/flink), all in
 * flink-core/src/test/java/org/apache/flink/api/common/eventtime/: BoundedOutOfOrdernessWatermarksTest.java,
 * AscendingTimestampsWatermarksTest.java (a delay of 0) and WatermarksWithIdlenessTest.java, whose checks of the idleness timer are periodic
 * emissions here. That a timeout must be above 0 is checked where the dataflow is.
 */

/** A record, the time that goes by, or a periodic emission and what comes of it. -Infinity is no watermark yet. */
type GeneratorStep =
  | { readonly eventMs: number }
  | { readonly passMs: number }
  | { readonly emits: readonly (number | 'idle')[] };

export interface GeneratorCase {
  readonly name: string;
  readonly delayMs: number;
  readonly idleTimeoutMs?: number;
  readonly steps: readonly GeneratorStep[];
}

const NONE = Number.NEGATIVE_INFINITY;

export const GENERATOR_CASES: readonly GeneratorCase[] = [
  { name: 'bounded: testWatermarkBeforeRecords', delayMs: 10, steps: [{ emits: [NONE] }] },
  { name: 'bounded: testWatermarkAfterEvent', delayMs: 10, steps: [{ eventMs: 1337 }, { emits: [1326] }] },
  {
    name: 'bounded: testWatermarkAfterNonMonotonousEvents',
    delayMs: 10,
    steps: [
      { eventMs: 12345 },
      { eventMs: 12300 },
      { eventMs: 12340 },
      { eventMs: 12280 },
      { emits: [12334] },
    ],
  },
  {
    name: 'bounded: testRepeatedProbe',
    delayMs: 10,
    steps: [{ eventMs: 723456 }, { emits: [723445] }, { emits: [723445] }],
  },
  { name: 'ascending: testWatermarkBeforeRecords', delayMs: 0, steps: [{ emits: [NONE] }] },
  { name: 'ascending: testWatermarkAfterEvent', delayMs: 0, steps: [{ eventMs: 1337 }, { emits: [1336] }] },
  {
    name: 'ascending: testWatermarkAfterEventWithLowerTimestamp',
    delayMs: 0,
    steps: [{ eventMs: 12345 }, { eventMs: 12340 }, { emits: [12344] }],
  },
  { name: 'idleness: testInitiallyActive', delayMs: 0, idleTimeoutMs: 10, steps: [{ emits: [NONE] }] },
  {
    name: 'idleness: testIdleWithoutEvents',
    delayMs: 0,
    idleTimeoutMs: 10,
    steps: [{ emits: [NONE] }, { passMs: 11 }, { emits: ['idle'] }],
  },
  {
    name: 'idleness: testRepeatedIdleChecks',
    delayMs: 0,
    idleTimeoutMs: 122,
    steps: [{ emits: [NONE] }, { passMs: 123 }, { emits: ['idle'] }, { passMs: 100 }, { emits: [] }],
  },
  {
    name: 'idleness: testActiveAfterIdleness',
    delayMs: 0,
    idleTimeoutMs: 10,
    steps: [{ emits: [NONE] }, { passMs: 11 }, { emits: ['idle'] }, { eventMs: 5 }, { emits: [4] }],
  },
  {
    name: 'idleness: testIdleActiveIdle',
    delayMs: 0,
    idleTimeoutMs: 122,
    steps: [
      { emits: [NONE] },
      { passMs: 123 },
      { emits: ['idle'] },
      { eventMs: 5 },
      { emits: [4] },
      { emits: [4] },
      { passMs: 123 },
      { emits: ['idle'] },
    ],
  },
];
