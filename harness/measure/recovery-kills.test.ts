import { expect, test } from 'vitest';
import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import type { Slice } from '../../reports/model/index.ts';
import { phaseSumErrorMs, type RecoveryInput, recoveryKills } from './recovery-kills.ts';

const ms = (milliseconds: number): bigint => BigInt(milliseconds) * 1_000_000n;

const PROCESS: readonly PipelineEvent[] = [
  { kind: 'process-started', atNs: ms(0), processId: 1, incarnation: 1 },
  { kind: 'process-exited', atNs: ms(5_004), incarnation: 1, cause: 'SIGKILL' },
  { kind: 'process-started', atNs: ms(5_010), processId: 2, incarnation: 2 },
  { kind: 'restored', atNs: ms(5_300), incarnation: 2, positions: [90, 40] },
];

/** Killed 5 s after the origin, which is 4 s after the start of the schedule; calm slices wherever nothing else is said. */
function input(
  change: Partial<RecoveryInput> & {
    readonly arrivalsMs: readonly number[];
    /** Default: each 1 ms before it arrives. */
    readonly emittedMs?: readonly number[];
  },
): RecoveryInput {
  const { arrivalsMs, emittedMs = arrivalsMs.map((at) => at - 1), ...rest } = change;
  return {
    kills: [{ killedAtNs: ms(5_000), phase: 0.25, target: 'process', positions: [100, 45] }],
    events: PROCESS,
    observation: {
      sampleArrivalsUs: Float64Array.from(arrivalsMs, (at) => at * 1_000),
      sampleEmittedUs: Float64Array.from(emittedMs, (at) => at * 1_000),
    },
    slices: Array.from({ length: 120 }, (_, index) => slice(index * 100)),
    originNs: 0n,
    startNs: ms(1_000),
    calmFromMs: 0,
    cycleMs: 1_000,
    endMs: 12_000,
    ...rest,
  };
}

/** Slow from the kill until 4.5 s. */
function slice(atMs: number): Slice {
  const p99 = atMs >= 4_000 && atMs < 4_500 ? 900_000 : 10_000;
  return {
    atMs,
    lengthMs: 100,
    samples: 10,
    p50: p99,
    p99,
    max: p99,
    offered: 10,
    outputs: 10,
    lag: 3,
    heat: [],
  };
}

test('phases count from the kill, and outputs of the dead process do not end the recovery', () => {
  const arrivalsMs = [4_000, 5_002, 5_200, 5_350, 5_400];
  const emittedMs = [3_990, 5_000, 4_998, 5_340, 5_341];
  expect(recoveryKills(input({ arrivalsMs, emittedMs }))).toEqual([
    {
      atMs: 4_000,
      phase: 0.25,
      target: 'process',
      detectedMs: 4,
      restartedMs: 10,
      restoredMs: 300,
      firstOutputMs: 350,
      caughtUpMs: 500,
      replayedRecords: 15,
      phaseSumErrorMs: 0,
    },
  ]);
});

test('an output before the engine said that it was restored contradicts it, and the sum shows by how much', () => {
  const [kill] = recoveryKills(input({ arrivalsMs: [4_000, 5_200] }));
  expect(kill).toMatchObject({ firstOutputMs: 200, restoredMs: 300, phaseSumErrorMs: 100 });
});

test('caught up is never before the first new output', () => {
  const [kill] = recoveryKills(input({ arrivalsMs: [4_000, 5_700] }));
  expect(kill).toMatchObject({ firstOutputMs: 700, caughtUpMs: 700, phaseSumErrorMs: 0 });
});

test('what was not reached before the next kill is null, and events of the next recovery are not taken for it', () => {
  const kills = [5_000, 5_100].map((at) => ({
    killedAtNs: ms(at),
    phase: 0,
    target: 'process' as const,
    positions: [100, 45],
  }));
  const events: PipelineEvent[] = [
    ...PROCESS.slice(0, 3),
    { kind: 'process-exited', atNs: ms(5_104), incarnation: 2, cause: 'SIGKILL' },
    { kind: 'process-started', atNs: ms(5_110), processId: 3, incarnation: 3 },
    { kind: 'restored', atNs: ms(5_400), incarnation: 3, positions: [90, 40] },
  ];
  expect(recoveryKills(input({ kills, events, arrivalsMs: [5_450] }))).toMatchObject([
    { restartedMs: 10, restoredMs: null, firstOutputMs: null, caughtUpMs: null, phaseSumErrorMs: null },
    { restartedMs: 10, restoredMs: 300, firstOutputMs: 350 },
  ]);
});

test("a slot's failure is detected by the engine's report, which says where it was; no process starts", () => {
  const events: PipelineEvent[] = [
    { kind: 'slot-failed', atNs: ms(5_003), incarnation: 1, slot: 1, cause: 'ended', positions: [120, 50] },
    { kind: 'restored', atNs: ms(5_040), incarnation: 2, positions: [90, 40] },
  ];
  const kills = [{ killedAtNs: ms(5_000), phase: 0, target: 'slot' as const, positions: [100, 45] }];
  expect(recoveryKills(input({ kills, events, arrivalsMs: [5_010, 5_030, 5_060] }))).toMatchObject([
    {
      target: 'slot',
      detectedMs: 3,
      restartedMs: null,
      restoredMs: 40,
      firstOutputMs: 60,
      replayedRecords: 40,
      phaseSumErrorMs: 0,
    },
  ]);
});

test('the sum has no error exactly when the phases ascend', () => {
  const phases = { detectedMs: 4, restartedMs: 10, restoredMs: 300, firstOutputMs: 350, caughtUpMs: 500 };
  expect(phaseSumErrorMs('process', phases)).toBe(0);
  expect(phaseSumErrorMs('process', { ...phases, restartedMs: 2 })).toBe(2);
  expect(phaseSumErrorMs('process', { ...phases, caughtUpMs: 340 })).toBe(10);
  expect(phaseSumErrorMs('process', { ...phases, restartedMs: null })).toBeNull();
  expect(phaseSumErrorMs('slot', { ...phases, restartedMs: null })).toBe(0);
});
