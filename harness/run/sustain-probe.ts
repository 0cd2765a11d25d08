import { CrosscurrentError } from '../../errors/index.ts';
import type { Distribution } from '../../reports/model/index.ts';
import { latencyFigures, type MeasuredSchedule } from '../measure/index.ts';
import { type ProbeFigures, probeFigures } from '../search/index.ts';
import type { RunContext } from './context.ts';
import type { CellPlan } from './plan.ts';
import { generatorLagOf, type MeasuredStretch, measuredSchedule, warmUp } from './play.ts';
import { judgeBrokenOff, type MeasuredProbe, type ProbeJudgement } from './probe-verdict.ts';
import { failedAlready, watchEndsMs } from './probe-watch.ts';
import {
  describeScheduledRun,
  type LiveRun,
  runOnSchedule,
  type ScheduledBase,
  type ScheduledRun,
} from './schedule-run.ts';
import type { SustainPlan } from './sustain-plan.ts';

const LOOK_INTERVAL_MS = 100;
const SLICE_MS = 1_000;

/** A probe of which all came out, or which was waited for long enough; the oracle has judged it. */
export interface CompleteProbe {
  readonly kind: 'complete';
  readonly base: ScheduledBase;
  readonly latency: Distribution;
  readonly measured: MeasuredProbe;
}

/** A probe that was broken off, or whose engine or broker gave up. */
interface EndedProbe {
  readonly kind: 'ended';
  readonly judgement: ProbeJudgement;
}

export interface ProbeTask {
  /** Its rate, warm-up and measured stretch are the probe's. */
  readonly cell: CellPlan;
  readonly plan: SustainPlan;
  /** Bins of the lag's trend: whole cycles of the engine. */
  readonly binMs: number;
  readonly runId: string;
  /** Whether a probe that has failed for certain is broken off. */
  readonly breakOff: boolean;
}

class BrokenOff extends Error {
  readonly judgement: ProbeJudgement;

  constructor(judgement: ProbeJudgement) {
    super('the probe was broken off');
    this.judgement = judgement;
  }
}

/** Offers a rate to a fresh deployment for a short while. */
export async function runProbe(context: RunContext, task: ProbeTask): Promise<CompleteProbe | EndedProbe> {
  const { cell, runId } = task;
  const startedAt = new Date();
  const longestMs = (cell.warmupLimitMs ?? cell.warmupMs) + cell.durationMs;
  try {
    const run = await runOnSchedule(context, cell, runId, longestMs, async (live) => {
      const stretch = await warmUp(cell, live);
      if (task.breakOff) await watch(context, task, stretch, live);
      else await live.until(stretch.toMs);
      return stretch;
    });
    return complete(context, task, run, startedAt);
  } catch (error) {
    if (error instanceof BrokenOff) return { kind: 'ended', judgement: error.judgement };
    if (context.signal.aborted || !(error instanceof CrosscurrentError)) throw error;
    const reasons = [error.message];
    if (error.code === 'PIPELINE_FAILED') return { kind: 'ended', judgement: { verdict: 'fails', reasons } };
    if (error.code === 'REPLAY_BEHIND') return { kind: 'ended', judgement: { verdict: 'driver', reasons } };
    throw error;
  }
}

/** Lets the schedule and its drain pass; throws BrokenOff once the probe has failed for certain. */
async function watch(
  context: RunContext,
  { cell, plan }: ProbeTask,
  stretch: MeasuredStretch,
  { observer, stage, elapsedMs, until }: LiveRun,
): Promise<void> {
  while (elapsedMs() < watchEndsMs(stretch, plan.slo)) {
    await until(elapsedMs() + LOOK_INTERVAL_MS);
    const tally = observer.tally();
    if (tally === undefined) continue;
    if (elapsedMs() > stretch.toMs && tally.missing.samples === 0) return;
    // A run that shows an error goes on to its end, where the oracle says all of it.
    if (tally.wrong + tally.repeats > 0) return await until(stretch.toMs);
    const reason = failedAlready(observer.seconds(), elapsedMs(), stretch, plan.slo);
    if (reason === null) continue;
    const due = (cell.ratePerSecond * Math.min(elapsedMs(), stretch.toMs)) / 1_000;
    const ends = await context.client.admin.endOffsets(stage.inputTopic, 'read-uncommitted');
    const stored = ends.reduce((total, end) => total + end, 0);
    throw new BrokenOff(judgeBrokenOff(reason, due, stored, cell.ratePerSecond));
  }
}

function complete(context: RunContext, task: ProbeTask, run: ScheduledRun, startedAt: Date): CompleteProbe {
  const schedule = measuredSchedule(run, run.originNs, SLICE_MS);
  const { latency, negativeSamples } = latencyFigures(run.observation, schedule);
  const base = describeScheduledRun(context, task.cell, run, {
    startedAt,
    kills: 0,
    negativeSamples,
    latency,
  });
  const lag = generatorLagOf(run);
  const measured: MeasuredProbe = {
    fromDue: figuresFrom(schedule.dueMs, task, run, schedule),
    fromSent: figuresFrom(schedule.sentMs, task, run, schedule),
    generatorLagP99Us: lag.p99 ?? lag.max ?? 0,
    remarks: base.remarks,
  };
  return { kind: 'complete', base, latency, measured };
}

/** @param startMs when the clock of a sequence number starts */
function figuresFrom(
  startMs: (sequence: number) => number,
  { cell, plan, binMs }: ProbeTask,
  { observation }: ScheduledRun,
  { startUs, dueMs, fromMs, toMs }: MeasuredSchedule,
): ProbeFigures {
  const { sampleSequences, sampleArrivalsUs } = observation;
  const sequenceOf = (index: number): number => sampleSequences[index] as number;
  return probeFigures(
    {
      count: sampleSequences.length,
      startedMs: (index) => startMs(sequenceOf(index)),
      dueMs: (index) => dueMs(sequenceOf(index)),
      seenMs: (index) => ((sampleArrivalsUs[index] as number) - startUs) / 1_000,
    },
    { ratePerSecond: cell.ratePerSecond, fromMs, toMs, binMs, limitMs: plan.slo.limitMs },
  );
}
