import type { LatencyRun } from '../../reports/model/index.ts';
import { loadWorkload } from '../../workloads/index.ts';
import { latencyFigures } from '../measure/index.ts';
import type { RunContext } from './context.ts';
import type { CellPlan } from './plan.ts';
import { marksOf } from './run-base.ts';
import { describeScheduledRun, measuredSchedule, runOnSchedule } from './schedule-run.ts';

const SLICE_MS = 250;

/** Latency at a stated rate: an open-loop replay, warm-up left out of the figures, every output verified. */
export async function latencyRun(context: RunContext, cell: CellPlan, runId: string): Promise<LatencyRun> {
  const startedAt = new Date();
  const durationMs = cell.warmupMs + cell.durationMs;
  const run = await runOnSchedule(context, cell, runId, durationMs, async () => undefined);
  const measured = latencyFigures(run.observation, measuredSchedule(cell, run, durationMs, SLICE_MS));
  const { latency, negativeSamples } = measured;
  const { eventTimeStepMs } = await loadWorkload(cell.workload);
  return {
    ...describeScheduledRun(cell, run, { startedAt, durationMs, kills: 0, negativeSamples, latency }),
    kind: 'latency',
    figures: {
      offeredRatePerSecond: cell.ratePerSecond,
      achievedRatePerSecond: run.replay.achievedRatePerSecond,
      eventTimeMultiple: eventTimeStepMs === null ? null : (cell.ratePerSecond * eventTimeStepMs) / 1_000,
      schedule: { kind: 'constant', ratePerSecond: cell.ratePerSecond },
      warmupMs: cell.warmupMs,
      warmupEndedBy: 'fixed',
      measuredMs: cell.durationMs,
      ...measured,
      stages: { emitted: null, appended: null },
      seconds: [],
      generatorLag: run.replay.lag,
      marks: marksOf(run.events, run.startNs),
    },
  };
}
