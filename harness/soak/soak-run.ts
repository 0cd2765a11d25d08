import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineSettings, PipelineEvent, RunningPipeline } from '../../engines/pipeline/index.ts';
import type { Verification } from '../../reports/model/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import { type OutputRecord, readOutput } from '../differ/index.ts';
import {
  type CellPlan,
  cycleMsOf,
  type LivePlay,
  onStage,
  paceOf,
  pipelineNamed,
  play,
  type RunContext,
  type Stage,
  untilDrained,
  verifyStage,
} from '../run/index.ts';
import { EngineWatch } from './engine-watch.ts';
import type { PlannedKill } from './kill-plan.ts';
import { type SoakTarget, sendSoakKills } from './send-soak-kills.ts';
import type { Aftermath, SentSoakKill } from './soaked-kill.ts';

/** What came of a run under kills. */
export interface SoakRun {
  readonly outputs: Readonly<Record<string, readonly OutputRecord[]>>;
  readonly verification: Verification;
  /** Each change of a running value has an output of its own. */
  readonly everyChange: boolean;
  readonly aftermath: Aftermath;
}

/** What is known of a run while it is under way, also when it ends early. */
export interface SoakProgress {
  readonly sent: SentSoakKill[];
  /** Of the schedule, monotonic; null before. */
  startNs: bigint | null;
  events: readonly PipelineEvent[];
  /** So many kills had been sent when a wrong output was first seen. */
  firstWrongAfterKills: number | null;
}

/** What happens to the engine of a run. */
export interface SoakPlan {
  readonly kills: readonly PlannedKill[];
  /**
   * Parallelism of one deployment after the other, each started from a savepoint with which the one before was stopped, while the log goes on; the
   * kills are dealt out evenly. Empty: one deployment as the cell has it.
   */
  readonly parallelisms: readonly number[];
}

/** A deployment lives so long at least before it gives way to the next, milliseconds: it takes a checkpoint or two of its own. */
export const shortestStretchMs = (cycleMs: number): number => Math.max(1_000, 2 * cycleMs);

const LOOK_INTERVAL_MS = 50;
/** An engine that has committed nothing by then is killed all the same. */
const FIRST_COMMIT_LIMIT_MS = 60_000;

/**
 * Replays a log on a cell's schedule while its engine is killed by plan; what is left of the log after the last kill follows as fast as the broker
 * takes it. Ends when the engine says that all of it is covered by committed outputs.
 *
 * @param progress is kept up to date, so that a run that ends early can be told of
 * @throws HARNESS_INTERRUPTED, HARNESS_NO_RESTART, PIPELINE_FAILED and what else ends a run
 */
export async function soakRun(
  context: RunContext,
  cell: CellPlan,
  log: RecordedLog,
  runId: string,
  plan: SoakPlan,
  progress: SoakProgress,
): Promise<SoakRun> {
  context.live({ kind: 'phase', phase: 'starting', plannedMs: null });
  return await onStage(context, cell, log, runId, 'live', async (stage) => {
    progress.events = stage.events;
    const watch = new EngineWatch();
    stage.listen((event) => watch.hear(event));
    const { parallelisms, kills } = plan;
    const settingsOf = (stretch: number): EngineSettings =>
      parallelisms.length === 0
        ? cell.settings
        : { ...cell.settings, parallelism: parallelisms[stretch] as number };
    let running = await stage.deploy({ settings: settingsOf(0) });
    const cycleMs = cycleMsOf(pipelineNamed(cell.engine).settingsSheet(cell.settings));
    const look = (): void => lookForWrong(stage, cell, progress);
    const target = { topic: stage.inputTopic, observer: stage.observer, ended: stage.ended };
    const { startNs } = await play(context, cell, log, target, async (live) => {
      progress.startNs = live.startNs;
      live.tell({ kind: 'phase', phase: 'recovering', plannedMs: null });
      await live.until(0);
      await untilFirstCommit(running, live);
      const soakTarget: SoakTarget = {
        nowMs: live.elapsedMs,
        wait: (durationMs) => live.until(live.elapsedMs() + durationMs),
        nextEvent: nextEventOf(stage),
        kill: (planned) => {
          look();
          const { killedAtNs } = running.kill('process');
          progress.sent.push({ ...planned, killedAtNs });
          context.live({ kind: 'killed', kills: progress.sent.length, planned: kills.length });
          const atS = (Number(killedAtNs - live.startNs) / 1e9).toFixed(3);
          context.progress(
            `SIGKILL ${progress.sent.length} of ${kills.length} at ${atS} s, aimed at ${describeAim(planned)}`,
          );
        },
      };
      const stretches = Math.max(1, parallelisms.length);
      for (let stretch = 0; stretch < stretches; stretch += 1) {
        if (stretch > 0) {
          running = await redeploy(stage, running, stretch, settingsOf(stretch));
          context.progress(`from a savepoint at parallelism ${parallelisms[stretch]}`);
        }
        const untilMs = live.elapsedMs() + shortestStretchMs(cycleMs);
        await sendSoakKills(shareOf(kills, stretch, stretches), cycleMs, watch, soakTarget);
        if (stretches > 1) await live.until(untilMs);
      }
      const logEndMs = (log.count * 1_000) / cell.ratePerSecond;
      if (live.elapsedMs() > logEndMs) {
        context.progress(
          `the log ended after ${(logEndMs / 1_000).toFixed(1)} s, before all was over: give it more --events, or a lower --rate`,
        );
      }
      // Nothing is measured: the rest of the log follows at once.
      return { fromMs: 0, toMs: 0, warmupEndedBy: 'fixed' };
    });
    const ends = await context.client.admin.endOffsets(stage.inputTopic, 'read-uncommitted');
    await untilDrained(running, ends, paceOf(cell.engine).stallLimitMs, stage.ended);
    const { observation } = await stage.finish();
    look();
    const verification = verifyStage(stage, cell, { observation, running, kills: progress.sent.length });
    const outputs: Record<string, readonly OutputRecord[]> = {};
    for (const [output, topic] of Object.entries(stage.outputTopics)) {
      outputs[output] = await Promise.race([readOutput(context.client, topic), stage.ended]);
    }
    const outputArrivalsNs = Array.from(
      observation.outputArrivalsUs,
      (arrivalUs) => stage.originNs + BigInt(Math.round(arrivalUs * 1_000)),
    );
    return {
      outputs,
      verification,
      everyChange: stage.everyChange,
      aftermath: { events: stage.events, startNs, outputArrivalsNs },
    };
  });
}

/** There is something to restore then: an engine that begins anew shows no defect of restarts. */
async function untilFirstCommit(running: RunningPipeline, live: LivePlay): Promise<void> {
  const isCommitted = (): boolean => running.progress().committedPositions.some((position) => position > 0);
  while (!isCommitted() && live.elapsedMs() < FIRST_COMMIT_LIMIT_MS) {
    await live.until(live.elapsedMs() + LOOK_INTERVAL_MS);
  }
}

/** Stops with a savepoint, and starts from it in a state folder of its own. */
async function redeploy(
  stage: Stage,
  running: RunningPipeline,
  stretch: number,
  settings: EngineSettings,
): Promise<RunningPipeline> {
  const savepoint = join(stage.folder, `savepoint-${stretch}`);
  await Promise.race([running.stop({ drain: false, savepoint }), stage.ended]);
  return await stage.deploy({
    settings,
    stateFolder: join(stage.folder, `state-${stretch}`),
    restoreFrom: savepoint,
  });
}

function shareOf<T>(all: readonly T[], part: number, parts: number): readonly T[] {
  return all.slice(Math.floor((all.length * part) / parts), Math.floor((all.length * (part + 1)) / parts));
}

function describeAim({ aim, share }: PlannedKill): string {
  const where = aim === 'anywhere' ? 'any instant' : `a ${aim}`;
  return `${where} (${share.toFixed(3)})`;
}

/** A wrong output is seen at the latest when the next kill comes, so the ones before it are suspects. */
function lookForWrong({ observer }: Stage, { guarantee }: CellPlan, progress: SoakProgress): void {
  const tally = observer.tally();
  const isWrong =
    tally !== undefined && (tally.wrong > 0 || (tally.repeats > 0 && guarantee === 'exactly-once'));
  if (isWrong) progress.firstWrongAfterKills ??= progress.sent.length;
}

function nextEventOf(stage: Stage): SoakTarget['nextEvent'] {
  let wake: (() => void) | undefined;
  stage.listen(() => wake?.());
  return async (limitMs) => {
    const next = Promise.withResolvers<void>();
    wake = next.resolve;
    const over = new AbortController();
    const limit = delay(limitMs, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([next.promise, limit, stage.ended]).finally(() => over.abort());
    wake = undefined;
  };
}
