import { expect, test } from 'vitest';
import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import { recoveryKills } from './recovery-kills.ts';

const ms = (milliseconds: number): bigint => BigInt(milliseconds) * 1_000_000n;

test('phases count from the kill, and outputs of the dead process do not end the recovery', () => {
  const events: PipelineEvent[] = [
    { kind: 'process-started', atNs: ms(0), processId: 1, incarnation: 1 },
    { kind: 'process-exited', atNs: ms(5_004), incarnation: 1, cause: 'SIGKILL' },
    { kind: 'process-started', atNs: ms(5_010), processId: 2, incarnation: 2 },
    { kind: 'restored', atNs: ms(5_300), incarnation: 2, positions: [90, 40] },
  ];
  const arrivalsMs = [4_000, 5_002, 5_350, 5_400];
  const [kill] = recoveryKills({
    kills: [{ killedAtNs: ms(5_000), phase: 0.25, target: 'process', positions: [100, 45] }],
    events,
    observation: {
      sampleSequences: Uint32Array.from([0, 1, 2, 3]),
      sampleArrivalsUs: Float64Array.from(arrivalsMs, (at) => at * 1_000),
      sampleEmittedUs: null,
      sampleAppendedUs: null,
      outputNewestSequences: new Uint32Array(0),
      outputArrivalsUs: new Float64Array(0),
      tally: {
        outputs: 4,
        covered: 4,
        repeats: 0,
        wrong: 0,
        reasons: [],
        missing: { samples: 0, lateRecords: 0, deadLetters: 0 },
      },
    },
    slices: [],
    originNs: 0n,
    startNs: ms(1_000),
    warmupMs: 0,
    endMs: 9_000,
  });
  expect(kill).toEqual({
    atMs: 4_000,
    phase: 0.25,
    target: 'process',
    phaseSumErrorMs: null,
    detectedMs: 4,
    restartedMs: 10,
    restoredMs: 300,
    firstOutputMs: 350,
    caughtUpMs: null,
    replayedRecords: 15,
  });
});
