import type { PipelineEvent, RunningPipeline } from '../../engines/pipeline/index.ts';
import type { Distribution, Remark, Run } from '../../reports/model/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import type { SampledCost } from '../cost/index.ts';
import { describeIntrospection, type Look } from '../introspect/index.ts';
import type { Observation } from '../observe/index.ts';
import { judgeValidity } from '../verify/index.ts';
import { ceilingShareOf } from './ceiling-share.ts';
import { untilComplete } from './completeness.ts';
import type { RunContext } from './context.ts';
import { elsewhereRemarks } from './elsewhere-remarks.ts';
import { paceOf } from './pace.ts';
import type { CellPlan } from './plan.ts';
import {
  achievedRateOf,
  generatorLagOf,
  instantsNs,
  type LivePlay,
  logFor,
  type MeasuredStretch,
  offeredRateOf,
  type Played,
  play,
  recordsDue,
} from './play.ts';
import { describeCost, describeRunLog, meanPhasesMs, outcomeOf } from './run-base.ts';
import { onStage, type Stage } from './stage.ts';
import { verifyStage } from './verify-stage.ts';

/** A run under way, for whoever acts on it. */
export interface LiveRun extends LivePlay {
  readonly running: RunningPipeline;
  readonly stage: Stage;
}

export interface ScheduledRun extends Played {
  readonly runId: string;
  readonly log: RecordedLog;
  readonly originNs: bigint;
  readonly observation: Observation;
  readonly events: readonly PipelineEvent[];
  readonly running: RunningPipeline;
  readonly cost: SampledCost;
  readonly looks: readonly Look[];
  readonly stage: Stage;
}

/**
 * Replays a log on the cell's schedule against a fresh deployment and waits until everything has come out.
 *
 * @param longestMs the log covers so much of the schedule
 * @param during what happens meanwhile; answers with the stretch to measure, whose records are all due when it resolves
 */
export async function runOnSchedule(
  context: RunContext,
  cell: CellPlan,
  runId: string,
  longestMs: number,
  during: (live: LiveRun) => Promise<MeasuredStretch>,
): Promise<ScheduledRun> {
  context.live({ kind: 'phase', phase: 'starting', plannedMs: null });
  const log = await logFor(context, cell, longestMs);
  return await onStage(context, cell, log, runId, 'live', async (stage) => {
    const running = await stage.deploy();
    const target = { topic: stage.inputTopic, observer: stage.observer, ended: stage.ended };
    const played = await play(context, cell, log, target, (live) => during({ ...live, running, stage }));
    await untilComplete(stage.observer, paceOf(cell.engine).stallLimitMs, stage.ended);
    const { observation, cost, looks } = await stage.finish();
    const { originNs, events } = stage;
    return { ...played, runId, log, originNs, observation, events, running, cost, looks, stage };
  });
}

export type ScheduledBase = Omit<Run, 'kind' | 'figures'>;

/** What a run on a schedule says beside its figures: the oracle's judgement, what makes it invalid, what it cost. */
export function describeScheduledRun(
  context: RunContext,
  cell: CellPlan,
  run: ScheduledRun,
  measured: {
    readonly startedAt: Date;
    readonly kills: number;
    readonly negativeSamples: number;
    readonly latency: Distribution;
    /** What else is to be said of the run, or makes it invalid. */
    readonly remarks?: readonly Remark[];
  },
): ScheduledBase {
  const { startedAt, kills, negativeSamples, latency } = measured;
  const { replay, observation, stage } = run;
  const verification = verifyStage(stage, cell, { observation, running: run.running, kills });
  const offeredRatePerSecond = offeredRateOf(run);
  const ceilingShare = ceilingShareOf(context.floors, cell.workload, offeredRatePerSecond);
  const [fromNs, toNs] = instantsNs(run);
  const machineUse = run.cost.usedBetween(fromNs, toNs);
  const { sent, acknowledged, stored, longestUnacknowledgedMs, scheduling } = replay;
  const remarks = [
    ...judgeValidity({
      offeredRatePerSecond,
      achievedRatePerSecond: achievedRateOf(run),
      sent,
      acknowledged,
      stored,
      longestUnacknowledgedMs,
      expectedSamples: stage.expected.samples,
      samples: observation.sampleSequences.length + observation.tally.missing.samples,
      negativeSamples,
      latency,
      generatorLag: generatorLagOf(run),
      of: 'engine',
      clockResolutionUs: context.clockResolutionUs,
      machineUse,
      ceilingShare,
      warmupEndedBy: run.warmupEndedBy,
      warmupMs: run.fromMs,
    }),
    ...elsewhereRemarks(context, cell),
    ...(measured.remarks ?? []),
  ];
  return {
    runId: run.runId,
    log: describeRunLog(run.log),
    startedAt: startedAt.toISOString(),
    wallMs: Date.now() - startedAt.getTime(),
    outcome: outcomeOf(verification, remarks),
    remarks,
    verification,
    cost: describeCost(run.cost, { startNs: run.startNs, fromNs, toNs, events: recordsDue(run) }),
    machineUse,
    driver: { producers: cell.producers, scheduling, longestUnacknowledgedMs, ceilingShare },
    phasesMs: meanPhasesMs(run.events),
    introspection: describeIntrospection(run.looks, fromNs, toNs),
    batches: stage.batches.describe(),
  };
}
