import type { RecoveryRun } from '../../reports/model/index.ts';
import { type PlannedKill, planDurationMs, planKills } from '../fault/index.ts';
import { latencyFigures, recoveryKills, type SentKill } from '../measure/index.ts';
import type { RunContext } from './context.ts';
import { cycleMsOf } from './cycle.ts';
import type { CellPlan } from './plan.ts';
import { generatorLagOf, measuredSchedule } from './play.ts';
import { marksOf } from './run-base.ts';
import { describeScheduledRun, type LiveRun, runOnSchedule } from './schedule-run.ts';

const SLICE_MS = 100;

/** SIGKILLs at random phases under a steady rate, each followed by the supervisor's restart; every output verified. */
export async function recoveryRun(context: RunContext, cell: CellPlan, runId: string): Promise<RecoveryRun> {
  const startedAt = new Date();
  const pipeline = context.pipelines.get(cell.engine);
  const cycleMs = cycleMsOf(pipeline?.settingsSheet(cell.settings) ?? []);
  const plan = planKills(cell.kills, cell.warmupMs, cycleMs, cell.seed);
  const durationMs = planDurationMs(plan);
  const sent: SentKill[] = [];
  const run = await runOnSchedule(context, cell, runId, durationMs, async (live) => {
    await killOnPlan(context, cell, plan, live, sent);
    await live.until(durationMs);
    return { fromMs: cell.warmupMs, toMs: durationMs, warmupEndedBy: 'fixed' };
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
    warmupMs: cell.warmupMs,
    endMs: durationMs,
  });
  return {
    ...describeScheduledRun(context, cell, run, {
      startedAt,
      kills: sent.length,
      negativeSamples,
      latency,
    }),
    kind: 'recovery',
    figures: {
      offeredRatePerSecond: cell.ratePerSecond,
      detection: 'exit of the process, or 5 s without a heartbeat (one each 100 ms); restart at once',
      kills,
      stateKeys: null,
      bytesWritten: null,
      latency,
      generatorLag: generatorLagOf(run),
      slices,
      marks: marksOf(run.events, run.startNs),
    },
  };
}

async function killOnPlan(
  context: RunContext,
  cell: CellPlan,
  plan: readonly PlannedKill[],
  live: LiveRun,
  sent: SentKill[],
): Promise<void> {
  for (const { atMs, phase } of plan) {
    await live.until(atMs);
    const { killedAtNs, progress } = live.running.kill(cell.faultTarget);
    sent.push({ killedAtNs, phase, target: cell.faultTarget, positions: progress.positions });
    context.progress(`SIGKILL ${sent.length} of ${plan.length}`);
  }
}
