import type { LatencyRun } from '../../reports/model/index.ts';
import { getWorkload } from '../../workloads/index.ts';
import { latencyFigures } from '../measure/index.ts';
import { judgeValidity } from '../verify/index.ts';
import type { RunContext } from './context.ts';
import type { CellPlan } from './plan.ts';
import { describeRunLog, marksOf, meanPhasesMs, outcomeOf } from './run-base.ts';
import { costOnSchedule, runOnSchedule, type ScheduledRun, verifyScheduled } from './schedule-run.ts';

const SLICE_MS = 250;

/** Latency at a stated rate: an open-loop replay, warm-up left out of the figures, every output verified. */
export async function latencyRun(context: RunContext, cell: CellPlan, runId: string): Promise<LatencyRun> {
  const startedAt = new Date();
  const durationMs = cell.warmupMs + cell.durationMs;
  const run = await runOnSchedule(context, cell, runId, durationMs, async () => undefined);
  const figures = figuresOf(cell, run, durationMs);
  const verification = verifyScheduled(cell, run, 0);
  const remarks = judgeValidity({
    offeredRatePerSecond: figures.offeredRatePerSecond,
    achievedRatePerSecond: figures.achievedRatePerSecond,
    sent: run.replay.sent,
    acknowledged: run.replay.acknowledged,
    stored: run.replay.stored,
    negativeSamples: figures.negativeSamples,
    latency: figures.latency,
    generatorLag: figures.generatorLag,
  });
  return {
    kind: 'latency',
    runId,
    log: describeRunLog(run.log),
    startedAt: startedAt.toISOString(),
    wallMs: Date.now() - startedAt.getTime(),
    outcome: outcomeOf(verification, remarks),
    remarks,
    verification,
    cost: costOnSchedule(cell, run, cell.warmupMs, durationMs),
    phasesMs: meanPhasesMs(run.events),
    figures,
  };
}

function figuresOf(
  cell: CellPlan,
  run: ScheduledRun,
  durationMs: number,
): NonNullable<LatencyRun['figures']> {
  const { eventTimeStepMs } = getWorkload(cell.workload);
  const measured = latencyFigures(run.observation, {
    startUs: Number(run.startNs - run.originNs) / 1_000,
    dueMs: (sequence) => run.schedule.dueNs(sequence) / 1e6,
    sentMs: (sequence) => (run.replay.sentUs[sequence] as number) / 1_000,
    fromMs: cell.warmupMs,
    toMs: durationMs,
    sliceMs: SLICE_MS,
  });
  return {
    offeredRatePerSecond: cell.ratePerSecond,
    achievedRatePerSecond: run.replay.achievedRatePerSecond,
    eventTimeMultiple: eventTimeStepMs === null ? null : (cell.ratePerSecond * eventTimeStepMs) / 1_000,
    warmupMs: cell.warmupMs,
    measuredMs: cell.durationMs,
    ...measured,
    generatorLag: run.replay.lag,
    marks: marksOf(run.events, run.startNs),
  };
}
