import type { LatencyRun } from '../../reports/model/index.ts';
import { loadWorkload } from '../../workloads/index.ts';
import { latencyFigures } from '../measure/index.ts';
import type { RunContext } from './context.ts';
import type { CellPlan } from './plan.ts';
import { achievedRateOf, generatorLagOf, measuredSchedule, offeredRateOf, warmUpAndMeasure } from './play.ts';
import { marksOf } from './run-base.ts';
import { describeScheduledRun, runOnSchedule } from './schedule-run.ts';

const SLICE_MS = 250;

/** Latency on a schedule: an open-loop replay, warm-up until the latency is steady left out of the figures, every output verified. */
export async function latencyRun(context: RunContext, cell: CellPlan, runId: string): Promise<LatencyRun> {
  const startedAt = new Date();
  const longestMs = (cell.warmupLimitMs ?? cell.warmupMs) + cell.durationMs;
  const run = await runOnSchedule(context, cell, runId, longestMs, (live) => warmUpAndMeasure(cell, live));
  const measured = latencyFigures(run.observation, measuredSchedule(run, run.originNs, SLICE_MS));
  const { latency, negativeSamples } = measured;
  const { eventTimeStepMs } = await loadWorkload(cell.workload);
  const offeredRatePerSecond = offeredRateOf(run);
  return {
    ...describeScheduledRun(context, cell, run, { startedAt, kills: 0, negativeSamples, latency }),
    kind: 'latency',
    figures: {
      offeredRatePerSecond,
      achievedRatePerSecond: achievedRateOf(run),
      eventTimeMultiple: eventTimeStepMs === null ? null : (offeredRatePerSecond * eventTimeStepMs) / 1_000,
      schedule: run.schedule.describe(),
      warmupMs: run.fromMs,
      warmupEndedBy: run.warmupEndedBy,
      measuredMs: run.toMs - run.fromMs,
      ...measured,
      generatorLag: generatorLagOf(run),
      marks: marksOf(run),
    },
  };
}
