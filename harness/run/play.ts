import { setTimeout as delay } from 'node:timers/promises';
import type { Distribution, LatencyRun } from '../../reports/model/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import { DEFAULT_STEADINESS, isSteady, type MeasuredSchedule } from '../measure/index.ts';
import type { Observer } from '../observe/index.ts';
import {
  lagBetween,
  type ReplayReport,
  replayErrors,
  type Schedule,
  scheduleOf,
  startReplay,
} from '../replay/index.ts';
import type { RunContext } from './context.ts';
import { cycleMsOf } from './cycle.ts';
import { pipelineNamed } from './engines.ts';
import type { LiveListener } from './live-event.ts';
import { paceOf } from './pace.ts';
import type { CellPlan } from './plan.ts';

/** Time between "everything is ready" and the first due record, milliseconds. */
const LEAD_MS = 300;

/** The part of a schedule that is measured, milliseconds from its start; what is due outside it is verified only. */
export interface MeasuredStretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly warmupEndedBy: NonNullable<LatencyRun['figures']>['warmupEndedBy'];
}

/** A replay under way, for whoever acts on it. */
export interface LivePlay {
  readonly startNs: bigint;
  readonly observer: Observer;
  /** Tells those who look on what phase it is in. */
  readonly tell: LiveListener;
  /** Milliseconds since the start of the schedule; negative before. */
  elapsedMs(): number;
  /** Resolves at an instant of the schedule; rejects when the run ends before. */
  until(atMs: number): Promise<void>;
}

/** A schedule that was played to its end. */
export interface Played extends MeasuredStretch {
  readonly schedule: Schedule;
  readonly startNs: bigint;
  readonly replay: ReplayReport;
}

/**
 * The log of a cell that covers its schedule for so long; a recording as it is, up to the cell's backlog.
 *
 * @throws REPLAY_NOT_RECORDED
 */
export async function logFor(context: RunContext, cell: CellPlan, longestMs: number): Promise<RecordedLog> {
  const { workload, seed, schedule, ratePerSecond } = cell;
  const events =
    schedule?.kind === 'as-recorded'
      ? cell.drainEvents
      : scheduleOf(schedule ?? { kind: 'constant', ratePerSecond }).countBefore(longestMs * 1e6);
  return await context.logs.get({ ...cell.log, workload, seed, events: Math.max(1, events) });
}

/** When the records of a log are due in a cell. */
function scheduleOfCell(cell: CellPlan, log: RecordedLog): Schedule {
  const { schedule, ratePerSecond } = cell;
  if (schedule?.kind !== 'as-recorded') {
    return scheduleOf(schedule ?? { kind: 'constant', ratePerSecond });
  }
  if (log.dueUs === undefined) {
    throw replayErrors.error('REPLAY_NOT_RECORDED', { workload: cell.workload });
  }
  return scheduleOf({ kind: 'recorded', dueUs: log.dueUs, speed: schedule.speed });
}

/**
 * Replays a log on the cell's schedule. The log is as long as the schedule may last at most. When `during` is done earlier, the rest of
 * it is played as fast as the broker takes it: oracle and hash are always those of the whole log, and nothing of the rest is measured.
 *
 * @param during what happens meanwhile; answers with the stretch to measure, whose records are all due when it resolves
 * @returns when every record is acknowledged
 */
export async function play(
  context: RunContext,
  cell: CellPlan,
  log: RecordedLog,
  target: { readonly topic: string; readonly observer: Observer; readonly ended: Promise<never> },
  during: (live: LivePlay) => Promise<MeasuredStretch>,
): Promise<Played> {
  const { topic, observer, ended } = target;
  const { connection, live: tell } = context;
  const schedule = scheduleOfCell(cell, log);
  const replay = await Promise.race([
    startReplay({ connection, topic, log, schedule, producers: cell.producers }),
    ended,
  ]);
  try {
    const startNs = process.hrtime.bigint() + BigInt(LEAD_MS) * 1_000_000n;
    const elapsedMs = (): number => Number(process.hrtime.bigint() - startNs) / 1e6;
    const over = Promise.race([ended, failureOf(replay.done)]);
    over.catch(() => undefined);
    const until = async (atMs: number): Promise<void> => {
      await Promise.race([delay(Math.max(0, atMs - elapsedMs())), over]);
    };
    observer.schedule(schedule.profile, startNs);
    replay.start(startNs);
    tell({
      kind: 'figures',
      look: () => ({
        kind: 'play',
        elapsedMs: elapsedMs(),
        due: Math.min(log.count, schedule.countBefore(Math.max(0, elapsedMs()) * 1e6)),
        acknowledged: replay.progress().acknowledged,
        seconds: observer.seconds(),
      }),
    });
    const stretch = await during({ startNs, observer, tell, elapsedMs, until });
    tell({ kind: 'phase', phase: 'settling', plannedMs: null });
    const endMs = schedule.dueNs(log.count - 1) / 1e6;
    while (elapsedMs() < Math.min(endMs, stretch.toMs + paceOf(cell.engine).settlingLimitMs)) {
      if (allSeen(observer, stretch.toMs)) break;
      await until(elapsedMs() + CHECK_INTERVAL_MS);
    }
    replay.release();
    return { ...stretch, schedule, startNs, replay: await Promise.race([replay.done, ended]) };
  } finally {
    await replay.stop();
  }
}

/** Warms up by the cell's rule, then lets the measured time pass. */
export async function warmUpAndMeasure(cell: CellPlan, live: LivePlay): Promise<MeasuredStretch> {
  const stretch = await warmUp(cell, live);
  await live.until(stretch.toMs);
  return stretch;
}

/** Warms up by the cell's rule, and says which stretch is to be measured now. */
export async function warmUp(cell: CellPlan, live: LivePlay): Promise<MeasuredStretch> {
  const limitMs = cell.warmupLimitMs ?? cell.warmupMs;
  live.tell({ kind: 'phase', phase: 'warming up', plannedMs: limitMs });
  await live.until(cell.warmupMs);
  const cycleMs = cycleMsOf(pipelineNamed(cell.engine).settingsSheet(cell.settings));
  const isSteadyNow = (): boolean =>
    isSteady(live.observer.seconds(), { elapsedMs: live.elapsedMs(), cycleMs }, DEFAULT_STEADINESS);
  while (live.elapsedMs() < limitMs && !isSteadyNow()) {
    await live.until(live.elapsedMs() + CHECK_INTERVAL_MS);
  }
  const steady = cell.warmupLimitMs !== null && live.elapsedMs() < limitMs;
  live.tell({ kind: 'phase', phase: 'measuring', plannedMs: cell.durationMs });
  const fromMs = steady ? Math.ceil(live.elapsedMs()) : limitMs;
  return {
    fromMs,
    toMs: fromMs + cell.durationMs,
    warmupEndedBy: cell.warmupLimitMs === null ? 'fixed' : steady ? 'steady' : 'maximum',
  };
}

/** Replay's own lag over the measured stretch. */
export function generatorLagOf({ schedule, replay, fromMs, toMs }: Played): Distribution {
  return lagBetween(schedule, replay.sentUs, fromMs, toMs);
}

/** Both ends of the measured stretch, monotonic nanoseconds. */
export function instantsNs({
  startNs,
  fromMs,
  toMs,
}: Omit<Played, 'replay'>): [fromNs: bigint, toNs: bigint] {
  const atNs = (atMs: number): bigint => startNs + BigInt(Math.round(atMs * 1e6));
  return [atNs(fromMs), atNs(toMs)];
}

/** Records due in the measured stretch. */
export function recordsDue({ schedule, fromMs, toMs }: Omit<Played, 'replay'>): number {
  return schedule.countBefore(toMs * 1e6) - schedule.countBefore(fromMs * 1e6);
}

/** Records a second due in the measured stretch. */
export function offeredRateOf(played: Omit<Played, 'replay'>): number {
  const { profile } = played.schedule;
  if (profile.kind === 'constant') return profile.ratePerSecond;
  return (recordsDue(played) * 1_000) / (played.toMs - played.fromMs);
}

/** The offered rate, times the share of it that was stored in time over the scheduled part of the replay. */
export function achievedRateOf(played: Played): number {
  const { schedule, replay } = played;
  const scheduledPerSecond = (replay.onSchedule * 1e9) / schedule.dueNs(replay.onSchedule);
  return (offeredRateOf(played) * replay.achievedRatePerSecond) / scheduledPerSecond;
}

/** What latencies are measured against: due and actual send of each record, warm-up, slices. */
export function measuredSchedule(played: Played, originNs: bigint, sliceMs: number): MeasuredSchedule {
  const { schedule, replay, startNs, fromMs, toMs } = played;
  return {
    startUs: Number(startNs - originNs) / 1_000,
    dueMs: (sequence) => schedule.dueNs(sequence) / 1e6,
    sentMs: (sequence) => (replay.sentUs[sequence] as number) / 1_000,
    fromMs,
    toMs,
    sliceMs,
  };
}

/** Rejects when the promise does, and never resolves. */
function failureOf(promise: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => void promise.catch(reject));
}

const CHECK_INTERVAL_MS = 100;

/** Whether every sample of the seconds before an instant has been seen. */
function allSeen(observer: Observer, beforeMs: number): boolean {
  const seconds = observer.seconds();
  if (seconds.length * 1_000 < beforeMs) return false;
  return seconds.every(({ second, expected, samples }) => second * 1_000 >= beforeMs || samples >= expected);
}
