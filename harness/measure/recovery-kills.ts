import type { FaultTarget, PipelineEvent } from '../../engines/pipeline/index.ts';
import type { Kill, Slice } from '../../reports/model/index.ts';
import type { Observation } from '../observe/index.ts';
import { caughtUpAtMs } from './caught-up.ts';

/** A fault as it was sent. */
export interface SentKill {
  readonly killedAtNs: bigint;
  readonly phase: number;
  readonly target: FaultTarget;
  /** Positions last heard before the fault, per input partition: at most a heartbeat old, so replay is never overstated. */
  readonly positions: readonly number[];
}

export interface RecoveryInput {
  readonly kills: readonly SentKill[];
  readonly events: readonly PipelineEvent[];
  readonly observation: Pick<Observation, 'sampleArrivalsUs' | 'sampleEmittedUs'>;
  /** Of equal length, on the schedule's axis. */
  readonly slices: readonly Slice[];
  readonly originNs: bigint;
  readonly startNs: bigint;
  /** Start of the first kill's baseline. */
  readonly calmFromMs: number;
  /** Length of the engine's checkpoint or trigger cycle: latency goes up and down with it. */
  readonly cycleMs: number;
  /** End of the schedule, milliseconds from its start. */
  readonly endMs: number;
}

/** Before a later kill the pipeline has been calm for at least this long; it is that kill's baseline. */
const CALM_BEFORE_MS = 3_000;

/**
 * The phases of each recovery, milliseconds from the fault. Detected, restarted and restored are instants of the supervisor and the engine;
 * first new output (the first that covers what nothing covered before, and was emitted by the new start) and caught up are the observer's. A
 * slot is replaced inside its process: its `restartedMs` is null.
 */
export function recoveryKills(input: RecoveryInput): Kill[] {
  const recoveries: Kill[] = [];
  let baseline: Baseline | undefined;
  for (const [index, kill] of input.kills.entries()) {
    const killMs = Number(kill.killedAtNs - input.startNs) / 1e6;
    // A pipeline that had not caught up is held against what it was before that.
    if (baseline === undefined || recoveries.at(-1)?.caughtUpMs !== null) {
      const fromMs = index === 0 ? input.calmFromMs : killMs - Math.max(CALM_BEFORE_MS, input.cycleMs);
      baseline = { fromMs, toMs: killMs };
    }
    recoveries.push(recoveryOf(input, kill, baseline, input.kills[index + 1]));
  }
  return recoveries;
}

/** What calm is held against, milliseconds on the schedule's axis. */
interface Baseline {
  readonly fromMs: number;
  readonly toMs: number;
}

function recoveryOf(
  input: RecoveryInput,
  kill: SentKill,
  baseline: Baseline,
  next: SentKill | undefined,
): Kill {
  const onScheduleMs = (instantNs: bigint): number => Number(instantNs - input.startNs) / 1e6;
  const sinceKillMs = (instantNs: bigint | undefined): number | null =>
    instantNs === undefined ? null : Number(instantNs - kill.killedAtNs) / 1e6;
  const heard = eventsBetween(input.events, kill.killedAtNs, next?.killedAtNs);
  const detected = heard(kill.target === 'slot' ? 'slot-failed' : 'process-exited');
  const started = kill.target === 'slot' ? undefined : heard('process-started');
  const restored = heard('restored');
  const killMs = onScheduleMs(kill.killedAtNs);
  const untilMs = next ? onScheduleMs(next.killedAtNs) : input.endMs;

  const detectedMs = sinceKillMs(detected?.atNs);
  const restoredMs = sinceKillMs(restored?.atNs);
  const originMs = Number(kill.killedAtNs - input.originNs) / 1e6;
  // A dead process emits nothing; the slots that are left may, until they start anew. What was emitted before may become visible much later.
  const emittedFromMs = kill.target === 'slot' ? restoredMs : detectedMs;
  const firstOutputMs =
    emittedFromMs === null ? null : firstOutput(input.observation, originMs, emittedFromMs, untilMs - killMs);
  const calmAtMs = firstOutputMs === null ? null : caughtUpAtMs(input.slices, baseline, killMs, untilMs);
  // Inputs due before the first new output may have waited no longer than is usual: caught up is when they are out.
  const caughtUpMs = calmAtMs === null ? null : Math.max(calmAtMs - killMs, firstOutputMs ?? 0);
  const phases = {
    detectedMs,
    restartedMs: sinceKillMs(started?.atNs),
    restoredMs,
    firstOutputMs,
    caughtUpMs,
  };
  return {
    atMs: killMs,
    phase: kill.phase,
    target: kill.target,
    ...phases,
    replayedRecords:
      restored?.kind === 'restored' ? replayed(positionsAt(kill, detected), restored.positions) : 0,
    phaseSumErrorMs: phaseSumErrorMs(kill.target, phases),
  };
}

/**
 * Lengths of the phases, none below zero, added up, minus the total: from the fault to caught up, by the observer alone. Instants of supervisor,
 * engine and observer that contradict each other make it positive. Null where a phase or the total is missing.
 */
export function phaseSumErrorMs(
  target: FaultTarget,
  kill: Pick<Kill, 'detectedMs' | 'restartedMs' | 'restoredMs' | 'firstOutputMs' | 'caughtUpMs'>,
): number | null {
  const { detectedMs, restartedMs, restoredMs, firstOutputMs, caughtUpMs } = kill;
  const instants = [
    detectedMs,
    ...(target === 'slot' ? [] : [restartedMs]),
    restoredMs,
    firstOutputMs,
    caughtUpMs,
  ];
  let sumMs = 0;
  let beforeMs = 0;
  for (const instantMs of instants) {
    if (instantMs === null) return null;
    sumMs += Math.max(0, instantMs - beforeMs);
    beforeMs = instantMs;
  }
  return sumMs - beforeMs;
}

type EventFinder = (kind: PipelineEvent['kind']) => PipelineEvent | undefined;

function eventsBetween(
  events: readonly PipelineEvent[],
  afterNs: bigint,
  beforeNs: bigint | undefined,
): EventFinder {
  const between = events.filter(({ atNs }) => atNs > afterNs && (beforeNs === undefined || atNs < beforeNs));
  return (kind) => between.find((event) => event.kind === kind);
}

/**
 * When the first sample arrived whose output was emitted from an instant on; null when none did before `untilMs`. All in milliseconds from
 * the fault.
 *
 * @param originMs the fault on the observer's axis
 */
function firstOutput(
  { sampleArrivalsUs, sampleEmittedUs }: RecoveryInput['observation'],
  originMs: number,
  emittedFromMs: number,
  untilMs: number,
): number | null {
  const fromUs = (originMs + emittedFromMs) * 1_000;
  const emittedUs = sampleEmittedUs ?? sampleArrivalsUs;
  const index = sampleArrivalsUs.findIndex(
    (arrivalUs, sample) => arrivalUs >= fromUs && (emittedUs[sample] as number) >= fromUs,
  );
  if (index < 0) return null;
  const atMs = (sampleArrivalsUs[index] as number) / 1_000 - originMs;
  return atMs < untilMs ? atMs : null;
}

/** An engine that lost a slot alone says itself where it was. */
function positionsAt(kill: SentKill, detected: PipelineEvent | undefined): readonly number[] {
  return detected?.kind === 'slot-failed' ? detected.positions : kill.positions;
}

function replayed(before: readonly number[], restored: readonly number[]): number {
  return before.reduce(
    (total, position, partition) => total + Math.max(0, position - (restored[partition] ?? 0)),
    0,
  );
}
