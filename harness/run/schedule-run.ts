import type { PipelineEvent, RunningPipeline } from '../../engines/pipeline/index.ts';
import type { Distribution, Run } from '../../reports/model/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import type { SampledCost } from '../cost/index.ts';
import type { MeasuredSchedule } from '../measure/index.ts';
import type { Observation } from '../observe/index.ts';
import { constantRate, type ReplayReport, type Schedule, startReplay } from '../replay/index.ts';
import { judgeValidity, verify } from '../verify/index.ts';
import { untilComplete } from './completeness.ts';
import type { RunContext } from './context.ts';
import type { CellPlan } from './plan.ts';
import { describeCost, describeRunLog, meanPhasesMs, outcomeOf } from './run-base.ts';
import { onStage, type Stage } from './stage.ts';

/** Time between "everything is ready" and the first due record, milliseconds. */
const LEAD_MS = 300;

export interface ScheduledRun {
  readonly runId: string;
  readonly log: RecordedLog;
  readonly schedule: Schedule;
  readonly originNs: bigint;
  readonly startNs: bigint;
  readonly replay: ReplayReport;
  readonly observation: Observation;
  readonly events: readonly PipelineEvent[];
  readonly running: RunningPipeline;
  readonly cost: SampledCost;
  readonly stage: Stage;
}

/** Replays a log at the cell's rate against a fresh deployment and waits until everything has come out. */
export async function runOnSchedule(
  context: RunContext,
  cell: CellPlan,
  runId: string,
  durationMs: number,
  during: (running: RunningPipeline, startNs: bigint, stage: Stage) => Promise<void>,
): Promise<ScheduledRun> {
  const events = Math.ceil((cell.ratePerSecond * durationMs) / 1_000);
  const log = await context.logs.get({ ...cell.log, workload: cell.workload, seed: cell.seed, events });
  return await onStage(context, cell, log, runId, 'live', async (stage) => {
    const running = await stage.deploy();
    const schedule = constantRate(cell.ratePerSecond);
    const replay = await Promise.race([
      startReplay({ connection: context.connection, topic: stage.inputTopic, log, schedule }),
      stage.ended,
    ]);
    try {
      const startNs = process.hrtime.bigint() + BigInt(LEAD_MS) * 1_000_000n;
      replay.start(startNs);
      const faults = during(running, startNs, stage);
      const report = await Promise.race([replay.done, stage.ended]);
      await Promise.race([faults, stage.ended]);
      await untilComplete(stage.observer, stage.ended);
      const { observation, cost } = await stage.finish();
      return {
        runId,
        log,
        schedule,
        originNs: stage.originNs,
        startNs,
        replay: report,
        observation,
        events: stage.events,
        running,
        cost,
        stage,
      };
    } finally {
      await replay.stop();
    }
  });
}

type ScheduledBase = Omit<Run, 'kind' | 'figures'>;

/** What a run at a stated rate says beside its figures: the oracle's judgement, what makes it invalid, what it cost. */
export function describeScheduledRun(
  cell: CellPlan,
  run: ScheduledRun,
  measured: {
    readonly startedAt: Date;
    /** End of the schedule, milliseconds from its start; the measured stretch begins after warm-up. */
    readonly durationMs: number;
    readonly kills: number;
    readonly negativeSamples: number;
    readonly latency: Distribution;
  },
): ScheduledBase {
  const { startedAt, durationMs, kills } = measured;
  const verification = verify({
    tally: run.observation.tally,
    expected: run.stage.expected,
    late: run.stage.dataflowOptions.late,
    progress: run.running.progress(),
    guarantee: cell.guarantee,
    kills,
  });
  const remarks = judgeValidity({
    offeredRatePerSecond: cell.ratePerSecond,
    achievedRatePerSecond: run.replay.achievedRatePerSecond,
    sent: run.replay.sent,
    acknowledged: run.replay.acknowledged,
    stored: run.replay.stored,
    negativeSamples: measured.negativeSamples,
    latency: measured.latency,
    generatorLag: run.replay.lag,
  });
  return {
    runId: run.runId,
    log: describeRunLog(run.log),
    startedAt: startedAt.toISOString(),
    wallMs: Date.now() - startedAt.getTime(),
    outcome: outcomeOf(verification, remarks),
    remarks,
    verification,
    cost: costOnSchedule(cell, run, cell.warmupMs, durationMs),
    machineUse: null,
    driver: null,
    phasesMs: meanPhasesMs(run.events),
  };
}

/** What latencies are measured against: due and actual send of each record, warm-up, slices. */
export function measuredSchedule(
  cell: CellPlan,
  run: ScheduledRun,
  durationMs: number,
  sliceMs: number,
): MeasuredSchedule {
  return {
    startUs: Number(run.startNs - run.originNs) / 1_000,
    dueMs: (sequence) => run.schedule.dueNs(sequence) / 1e6,
    sentMs: (sequence) => (run.replay.sentUs[sequence] as number) / 1_000,
    fromMs: cell.warmupMs,
    toMs: durationMs,
    sliceMs,
  };
}

/** What the run cost between two instants of its schedule, milliseconds from its start. */
function costOnSchedule(cell: CellPlan, run: ScheduledRun, fromMs: number, toMs: number): Run['cost'] {
  const atNs = (milliseconds: number): bigint => run.startNs + BigInt(Math.round(milliseconds * 1e6));
  const events = Math.round((cell.ratePerSecond * (toMs - fromMs)) / 1_000);
  return describeCost(run.cost, { startNs: run.startNs, fromNs: atNs(fromMs), toNs: atNs(toMs), events });
}
