import type { DrainRun } from '../../reports/model/index.ts';
import { describeIntrospection } from '../introspect/index.ts';
import { drainFigures } from '../measure/index.ts';
import { loadBacklog } from '../replay/index.ts';
import { judgeDrain } from '../verify/index.ts';
import { ceilingShareOf } from './ceiling-share.ts';
import { untilDrained } from './completeness.ts';
import type { RunContext } from './context.ts';
import { elsewhereRemarks } from './elsewhere-remarks.ts';
import { paceOf } from './pace.ts';
import type { CellPlan } from './plan.ts';
import { describeCost, describeRunLog, meanPhasesMs, outcomeOf } from './run-base.ts';
import { onStage, type Stage } from './stage.ts';
import { verifyStage } from './verify-stage.ts';

/** A full topic, an engine started cold: how fast it catches up, first to last committed output. */
export async function drainRun(context: RunContext, cell: CellPlan, runId: string): Promise<DrainRun> {
  const startedAt = new Date();
  const log = await context.logs.get({
    ...cell.log,
    workload: cell.workload,
    seed: cell.seed,
    events: cell.drainEvents,
  });
  return await onStage(context, cell, log, runId, 'deferred', async (stage) => {
    context.live({ kind: 'phase', phase: 'loading', plannedMs: null });
    await Promise.race([
      loadBacklog({ connection: context.connection, topic: stage.inputTopic, log }),
      stage.ended,
    ]);
    const ends = await context.client.admin.endOffsets(stage.inputTopic, 'read-uncommitted');
    const deployedNs = process.hrtime.bigint();
    const running = await stage.deploy();
    const drainStartNs = process.hrtime.bigint();
    context.live({ kind: 'phase', phase: 'draining', plannedMs: null });
    context.live({
      kind: 'figures',
      look: () => ({
        kind: 'drain',
        elapsedMs: Number(process.hrtime.bigint() - drainStartNs) / 1e6,
        committed: running.progress().committedPositions.reduce((total, position) => total + position, 0),
        total: log.count,
      }),
    });
    await untilDrained(running, ends, paceOf(cell.engine).stallLimitMs, stage.ended);
    const { observation, cost, looks } = await stage.finish();
    const deployedUs = Number(deployedNs - stage.originNs) / 1_000;
    const verification = verifyStage(stage, cell, { observation, running, kills: 0 });
    const stretch = { fromNs: stage.originNs, toNs: process.hrtime.bigint() };
    const machineUse = cost.usedBetween(stretch.fromNs, stretch.toNs);
    const figures = drainFigures(observation, deployedUs, log.count, releasesUs(stage, cell));
    const outputsPerSecond =
      (observation.tally.outputs * 1_000) / Math.max(1, figures.lastOutputMs - figures.firstOutputMs);
    const drainRemarks = judgeDrain({
      expectedSamples: stage.expected.samples,
      samples: observation.sampleSequences.length + observation.tally.missing.samples,
      clockResolutionUs: context.clockResolutionUs,
      machineUse,
      ceilingShare: ceilingShareOf(context.floors, cell.workload, outputsPerSecond),
    });
    const remarks = [...drainRemarks, ...elsewhereRemarks(context, cell)];
    return {
      kind: 'drain',
      runId,
      log: describeRunLog(log),
      startedAt: startedAt.toISOString(),
      wallMs: Date.now() - startedAt.getTime(),
      outcome: outcomeOf(verification, remarks),
      remarks,
      verification,
      cost: describeCost(cost, { startNs: stage.originNs, ...stretch, events: log.count }),
      machineUse,
      driver: null,
      phasesMs: meanPhasesMs(stage.events),
      introspection: describeIntrospection(looks, stretch.fromNs, stretch.toNs),
      batches: stage.batches.describe(),
      figures,
    };
  });
}

/** When outputs were released together: at the end of each batch that had input, under exactly-once also at each checkpoint. */
function releasesUs({ events, originNs }: Stage, { guarantee }: CellPlan): number[] {
  return events.flatMap((event) => {
    if (event.kind === 'batch-completed' && event.batch.inputRows > 0) {
      return [Number(event.batch.startedAtNs - originNs) / 1_000 + event.batch.durationMs * 1_000];
    }
    if (event.kind === 'checkpoint-completed' && guarantee === 'exactly-once') {
      return [Number(event.atNs - originNs) / 1_000];
    }
    return [];
  });
}
