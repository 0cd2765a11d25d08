import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import type { Kill, Mark, RecoveryRun } from '../../reports/model/index.ts';
import { type KillTarget, longestDurationMs, sendKills } from '../fault/index.ts';
import { latencyFigures, recoveryKills, type SentKill } from '../measure/index.ts';
import type { RunContext } from './context.ts';
import { detectionOf } from './detection.ts';
import { phaseRemarks } from './phase-remarks.ts';
import type { CellPlan } from './plan.ts';
import { generatorLagOf, measuredSchedule, offeredRateOf } from './play.ts';
import { killPlanOf } from './recovery-plan.ts';
import { marksOf } from './run-base.ts';
import { describeScheduledRun, type LiveRun, runOnSchedule, type ScheduledRun } from './schedule-run.ts';

const SLICE_MS = 100;

/**
 * Faults at random phases under a steady rate, each after the recovery from the one before; every output verified. The schedule ends
 * when the pipeline is calm after the last one.
 */
export async function recoveryRun(context: RunContext, cell: CellPlan, runId: string): Promise<RecoveryRun> {
  const startedAt = new Date();
  const plan = killPlanOf(cell);
  const sent: SentKill[] = [];
  const run = await runOnSchedule(context, cell, runId, longestDurationMs(plan), async (live) => {
    live.tell({ kind: 'phase', phase: 'warming up', plannedMs: null });
    const fromMs = await sendKills(plan, killTarget(context, cell, live, sent));
    return { fromMs, toMs: Math.floor(live.elapsedMs()), warmupEndedBy: 'fixed' };
  });
  const { slices, latency, negativeSamples } = latencyFigures(
    run.observation,
    measuredSchedule(run, run.originNs, SLICE_MS),
  );
  const kills = recoveryKills({
    kills: sent,
    events: run.events,
    observation: run.observation,
    slices,
    originNs: run.originNs,
    startNs: run.startNs,
    calmFromMs: run.fromMs,
    cycleMs: plan.cycleMs,
    endMs: run.toMs,
  });
  for (const [index, kill] of kills.entries()) context.progress(describeKill(kill, index + 1));
  const marks = marksOf(run);
  const base = describeScheduledRun(context, cell, run, {
    startedAt,
    kills: sent.length,
    negativeSamples,
    latency,
    remarks: phaseRemarks(kills),
  });
  const { lost, duplicates } = base.verification ?? {};
  context.progress(`${cell.guarantee}: ${lost} inputs lost, ${duplicates} outputs more than once`);
  return {
    ...base,
    kind: 'recovery',
    figures: {
      offeredRatePerSecond: offeredRateOf(run),
      detection: detectionOf(cell.engine, cell.faultTarget, context.elsewhere),
      kills,
      stateKeys: stateKeys(run),
      bytesWritten: bytesWritten(marks, run.toMs),
      latency,
      generatorLag: generatorLagOf(run),
      slices,
      marks,
    },
  };
}

function killTarget(context: RunContext, cell: CellPlan, live: LiveRun, sent: SentKill[]): KillTarget {
  const { running, stage, observer } = live;
  return {
    nowMs: () => live.elapsedMs(),
    wait: (durationMs: number) => live.until(live.elapsedMs() + durationMs),
    seconds: () => observer.seconds(),
    isRunning: () => {
      const killedAtNs = sent.at(-1)?.killedAtNs ?? 0n;
      return stage.events.some(({ kind, atNs }) => kind === 'running' && atNs > killedAtNs);
    },
    kill: (phase: number) => {
      const { killedAtNs, progress } = running.kill(cell.faultTarget);
      sent.push({ killedAtNs, phase, target: cell.faultTarget, positions: progress.positions });
      context.live({ kind: 'killed', kills: sent.length, planned: cell.kills });
      context.live({ kind: 'phase', phase: 'recovering', plannedMs: null });
      const what = cell.faultTarget === 'process' ? 'SIGKILL' : 'slot ended';
      context.progress(`${what}, ${sent.length} of ${cell.kills}, at phase ${phase.toFixed(2)} of the cycle`);
    },
    recovered: (outcome, afterMs) => {
      context.live({ kind: 'phase', phase: 'measuring', plannedMs: null });
      const heard = engineInstants(stage.events, sent.at(-1)?.killedAtNs ?? 0n);
      const calm = outcome === 'calm' ? 'calm for long enough' : 'not as calm as before';
      context.progress(`${heard.join(', ')}; ${calm} after ${(afterMs / 1_000).toFixed(1)} s`);
    },
  };
}

/** What supervisor and engine have said since a fault; the observer's instants are found when the run is over. */
function engineInstants(events: readonly PipelineEvent[], killedAtNs: bigint): string[] {
  const names: Partial<Record<PipelineEvent['kind'], string>> = {
    'process-exited': 'detected',
    'slot-failed': 'detected',
    'process-started': 'restarted',
    restored: 'restored',
  };
  return events
    .filter(({ atNs }) => atNs > killedAtNs)
    .flatMap(({ kind, atNs }) => {
      const name = names[kind];
      return name === undefined ? [] : [`${name} ${Math.round(Number(atNs - killedAtNs) / 1e6)} ms`];
    });
}

function describeKill(kill: Kill, number: number): string {
  const phases = [
    ['detected', kill.detectedMs],
    ...(kill.target === 'slot' ? [] : [['restarted', kill.restartedMs] as const]),
    ['restored', kill.restoredMs],
    ['first output', kill.firstOutputMs],
    ['caught up', kill.caughtUpMs],
  ] as const;
  const instants = phases.map(
    ([name, atMs]) => `${name} ${atMs === null ? 'not seen' : `${Math.round(atMs)} ms`}`,
  );
  return `kill ${number}: ${instants.join(', ')}; ${kill.replayedRecords} records replayed`;
}

/** Distinct keys of the records due by the end of the schedule. */
function stateKeys({ log: { keyOf, keys }, schedule, toMs }: ScheduledRun): number {
  const seen = new Uint8Array(keys.length);
  const records = schedule.countBefore(toMs * 1e6);
  for (let record = 0; record < records; record += 1) seen[keyOf[record] as number] = 1;
  return seen.reduce((total, one) => total + one, 0);
}

/** By checkpoints or batches that began on the schedule. */
function bytesWritten(marks: readonly Mark[], toMs: number): { total: number; perSecond: number } {
  const total = marks
    .filter(({ atMs }) => atMs >= 0 && atMs < toMs)
    .reduce((sum, mark) => sum + (mark.kind === 'gc-pause' ? 0 : mark.bytesWritten), 0);
  return { total, perSecond: (total * 1_000) / toMs };
}
