import type { FaultTarget, PipelineEvent } from '../../engines/pipeline/index.ts';
import type { Kill, Slice } from '../../reports/model/index.ts';
import type { Observation } from '../observe/index.ts';
import { caughtUpAtMs } from './caught-up.ts';

/** A SIGKILL as it was sent. */
export interface SentKill {
  readonly killedAtNs: bigint;
  readonly phase: number;
  readonly target: FaultTarget;
  /** Positions last heard before the kill, per input partition. */
  readonly positions: readonly number[];
}

export interface RecoveryInput {
  readonly kills: readonly SentKill[];
  readonly events: readonly PipelineEvent[];
  readonly observation: Observation;
  /** Of equal length, on the schedule's axis. */
  readonly slices: readonly Slice[];
  readonly originNs: bigint;
  readonly startNs: bigint;
  readonly warmupMs: number;
  /** End of the schedule, milliseconds from its start. */
  readonly endMs: number;
}

/** The phases of each recovery, milliseconds from the SIGKILL system call. */
export function recoveryKills(input: RecoveryInput): Kill[] {
  return input.kills.map((kill, index) => {
    const next = input.kills[index + 1];
    const sinceKillMs = (instantNs: bigint): number => Number(instantNs - kill.killedAtNs) / 1e6;
    const onScheduleMs = (instantNs: bigint): number => Number(instantNs - input.startNs) / 1e6;
    const heard = (kind: PipelineEvent['kind']): PipelineEvent | undefined =>
      input.events.find((event) => event.kind === kind && event.atNs > kill.killedAtNs);
    const exited = heard('process-exited');
    const started = heard('process-started');
    const restored = heard('restored');
    const firstOutputNs = started ? firstArrivalAfter(input, started.atNs, next?.killedAtNs) : undefined;
    const killMs = onScheduleMs(kill.killedAtNs);
    const untilMs = next ? onScheduleMs(next.killedAtNs) : input.endMs;
    const calmFromMs = index === 0 ? input.warmupMs : killMs - CALM_BEFORE_MS;
    const caughtUpMs = caughtUpAtMs(input.slices, calmFromMs, killMs, untilMs);
    const firstOutputMs = firstOutputNs === undefined ? null : sinceKillMs(firstOutputNs);
    return {
      atMs: killMs,
      phase: kill.phase,
      target: kill.target,
      phaseSumErrorMs: null,
      detectedMs: exited ? sinceKillMs(exited.atNs) : null,
      restartedMs: started ? sinceKillMs(started.atNs) : null,
      restoredMs: restored ? sinceKillMs(restored.atNs) : null,
      firstOutputMs,
      caughtUpMs: caughtUpMs === null ? null : Math.max(caughtUpMs - killMs, firstOutputMs ?? 0),
      replayedRecords: restored?.kind === 'restored' ? replayed(kill.positions, restored.positions) : 0,
    };
  });
}

/** Before a later kill the pipeline has been calm for at least this long; it is that kill's baseline. */
const CALM_BEFORE_MS = 3_000;

/**
 * When the first output that covers something new was seen. Only what comes after the new process has started counts: what arrives
 * between the kill and then was appended by the dead one.
 */
function firstArrivalAfter(
  input: RecoveryInput,
  startedNs: bigint,
  beforeNs: bigint | undefined,
): bigint | undefined {
  const startedUs = Number(startedNs - input.originNs) / 1_000;
  const arrivalUs = input.observation.sampleArrivalsUs.find((instantUs) => instantUs > startedUs);
  if (arrivalUs === undefined) return undefined;
  const arrivalNs = input.originNs + BigInt(Math.round(arrivalUs * 1_000));
  return beforeNs !== undefined && arrivalNs > beforeNs ? undefined : arrivalNs;
}

function replayed(before: readonly number[], restored: readonly number[]): number {
  return before.reduce(
    (total, position, partition) => total + Math.max(0, position - (restored[partition] ?? 0)),
    0,
  );
}
