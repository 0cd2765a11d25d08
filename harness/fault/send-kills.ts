import { harnessErrors } from '../errors.ts';
import type { SecondSummary } from '../observe/index.ts';
import { isCalmAgain, isCovered, type Stretch } from './calm.ts';
import type { KillPlan } from './kill-plan.ts';

const LOOK_INTERVAL_MS = 100;
/** An engine that restarts over and over need not fail: nothing takes so long to come back. */
const RESTART_LIMIT_MS = 300_000;

/** What sending kills needs of a run. Times in milliseconds from the start of its schedule. */
export interface KillTarget {
  nowMs(): number;
  /** Rejects when the run has ended early. */
  wait(durationMs: number): Promise<void>;
  /** As the observer has them by now. */
  seconds(): readonly SecondSummary[];
  /** Whether the pipeline consumes again after the last kill. */
  isRunning(): boolean;
  kill(phase: number): void;
  /** The recovery from the last kill is over, so long after it. */
  recovered(outcome: RecoveryOutcome, afterMs: number): void;
}

/** `longest-gap`: the pipeline was not as calm as before when the next kill had to come. */
type RecoveryOutcome = 'calm' | 'longest-gap';

/**
 * Sends a plan's kills. Each comes when the pipeline has recovered from the one before and been calm for the plan's time, put off by its phase, or
 * when the longest gap is over, but never while a restart is under way. Ends when the pipeline has recovered from the last one, or its longest
 * gap is over: the schedule has served its purpose then.
 *
 * @returns start of the first kill's baseline
 * @throws HARNESS_NO_RESTART
 */
export async function sendKills(plan: KillPlan, target: KillTarget): Promise<number> {
  await target.wait(Math.max(0, plan.warmupMs - target.nowMs()));
  await untilSettled(plan, target);
  const firstCalmMs = target.nowMs();
  await target.wait(plan.baselineMs);
  let calmFromMs: number | null = firstCalmMs;
  let baseline: Stretch = { fromMs: firstCalmMs, toMs: firstCalmMs };
  for (const phase of plan.phases) {
    await target.wait(phase * plan.cycleMs);
    const killMs = target.nowMs();
    target.kill(phase);
    // A pipeline that did not calm down is held against what it was before that.
    if (calmFromMs !== null) baseline = { fromMs: calmFromMs, toMs: killMs };
    const outcome = await untilCalm(plan, target, { baseline, killMs });
    target.recovered(outcome, target.nowMs() - killMs);
    calmFromMs = outcome === 'calm' ? target.nowMs() - plan.calmSeconds * 1_000 : null;
  }
  return firstCalmMs;
}

async function untilSettled(
  { warmupMs, settlingLimitMs, cycleMs }: KillPlan,
  target: KillTarget,
): Promise<void> {
  while (target.nowMs() < warmupMs + settlingLimitMs) {
    if (isCovered(target.seconds(), target.nowMs(), cycleMs)) return;
    await target.wait(LOOK_INTERVAL_MS);
  }
}

async function untilCalm(
  { calmSeconds, longestGapMs }: KillPlan,
  target: KillTarget,
  since: { readonly baseline: Stretch; readonly killMs: number },
): Promise<RecoveryOutcome> {
  while (true) {
    await target.wait(LOOK_INTERVAL_MS);
    const nowMs = target.nowMs();
    if (!target.isRunning()) {
      if (nowMs - since.killMs < RESTART_LIMIT_MS) continue;
      throw harnessErrors.error('HARNESS_NO_RESTART', { seconds: RESTART_LIMIT_MS / 1_000 });
    }
    if (nowMs - since.killMs >= longestGapMs) return 'longest-gap';
    if (isCalmAgain(target.seconds(), { ...since, nowMs, calmSeconds })) return 'calm';
  }
}
