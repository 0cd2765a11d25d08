/*
 * The cases of Apache Flink's StatusWatermarkValveTest, as data (Apache-2.0, repository apache/flink):
 * flink-runtime/src/test/java/org/apache/flink/streaming/runtime/watermarkstatus/StatusWatermarkValveTest.java.
 * A version after release 2.2 has three cases more (a flush by an unaligned last channel, and watermarks derived anew when a channel is aligned
 * again); release 2.2, which the golden vectors are from, behaves otherwise there, and so does this engine.
 */

/** A channel is given a watermark (milliseconds) or a status; then the valve puts these out. */
type ValveStep = readonly [
  input: number,
  given: number | 'idle' | 'active',
  ...putOut: readonly (number | 'idle' | 'active')[],
];

export interface ValveCase {
  readonly name: string;
  readonly inputs: number;
  readonly steps: readonly ValveStep[];
}

export const VALVE_CASES: readonly ValveCase[] = [
  {
    name: 'testSingleInputIncreasingWatermarks',
    inputs: 1,
    steps: [
      [0, 0, 0],
      [0, 25, 25],
    ],
  },
  {
    name: 'testSingleInputDecreasingWatermarksYieldsNoOutput',
    inputs: 1,
    steps: [
      [0, 25, 25],
      [0, 18],
      [0, 42, 42],
    ],
  },
  {
    name: 'testSingleInputWatermarkStatusToggling',
    inputs: 1,
    steps: [
      [0, 'active'],
      [0, 'idle', 'idle'],
      [0, 'idle'],
      [0, 'active', 'active'],
    ],
  },
  {
    name: 'testSingleInputWatermarksIntactDuringIdleness',
    inputs: 1,
    steps: [
      [0, 25, 25],
      [0, 'idle', 'idle'],
      [0, 50],
      [0, 'active', 'active'],
      [0, 50, 50],
    ],
  },
  {
    name: 'testMultipleInputYieldsWatermarkOnlyWhenAllChannelsReceivesWatermarks',
    inputs: 3,
    steps: [
      [0, 0],
      [1, 0],
      [2, 0, 0],
    ],
  },
  {
    name: 'testMultipleInputIncreasingWatermarks',
    inputs: 3,
    steps: [
      [0, 0],
      [1, 0],
      [2, 0, 0],
      [0, 12],
      [2, 8],
      [2, 10],
      [1, 15, 10],
      [2, 17, 12],
      [0, 20, 15],
    ],
  },
  {
    name: 'testMultipleInputDecreasingWatermarksYieldsNoOutput',
    inputs: 3,
    steps: [
      [0, 25],
      [1, 10],
      [2, 17, 10],
      [0, 12],
      [1, 8],
      [2, 15],
    ],
  },
  {
    name: 'testMultipleInputWatermarkStatusToggling',
    inputs: 2,
    steps: [
      [0, 'active'],
      [1, 'active'],
      [1, 'idle'],
      [0, 'idle', 'idle'],
      [0, 'idle'],
      [1, 'idle'],
      [1, 'active', 'active'],
      [0, 'active'],
    ],
  },
  {
    name: 'testMultipleInputWatermarkAdvancingWithPartiallyIdleChannels',
    inputs: 3,
    steps: [
      [0, 15],
      [1, 10],
      [2, 'idle', 10],
      [1, 18, 15],
      [0, 20, 18],
    ],
  },
  {
    name: 'testMultipleInputWatermarkAdvancingAsChannelsIndividuallyBecomeIdle',
    inputs: 3,
    steps: [
      [0, 25],
      [1, 10],
      [2, 17, 10],
      [1, 'idle', 17],
      [2, 'idle', 25],
    ],
  },
  {
    name: 'testMultipleInputFlushMaxWatermarkAndWatermarkStatusOnceAllInputsBecomeIdle',
    inputs: 3,
    steps: [
      [0, 10],
      [1, 5],
      [2, 3, 3],
      [0, 'idle'],
      [1, 'idle'],
      [2, 'idle', 10, 'idle'],
    ],
  },
  {
    name: 'testMultipleInputWatermarkRealignmentAfterResumeActive',
    inputs: 3,
    steps: [
      [0, 10],
      [1, 7],
      [2, 3, 3],
      [2, 'idle', 7],
      [2, 'active'],
      [2, 5],
      [2, 9],
      [1, 12, 9],
    ],
  },
  {
    name: 'testNoOutputWhenAllActiveChannelsAreUnaligned',
    inputs: 3,
    steps: [
      [0, 10],
      [1, 7],
      [2, 'idle', 7],
      [2, 'active'],
      [0, 'idle'],
      [1, 'idle'],
    ],
  },
  {
    name: 'testUnalignedActiveChannelBecomesIdle',
    inputs: 2,
    steps: [
      [0, 7],
      [1, 10, 7],
      [0, 'idle', 10],
      [0, 'active'],
      [0, 9],
      [0, 'idle'],
    ],
  },
];
