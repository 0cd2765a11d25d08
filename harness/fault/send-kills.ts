import type { SecondSummary } from '../observe/index.ts';
import { isCalmAgain, type Stretch } from './calm.ts';
import type { KillPlan } from './kill-plan.ts';

const LOOK_INTERVAL_MS = 100;

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
}

/**
 * Sends a plan's kills. Each comes when the pipeline has recovered from the one before and been calm for the plan's time, put off by its phase, or
 * when the longest gap is over, but never while a restart is under way.
 *
 * @param warmupMs start of the first kill's baseline
 * @returns when the pipeline has recovered from the last one, or its longest gap is over: the schedule has served its purpose then
 */
export async function sendKills(plan: KillPlan, warmupMs: number, target: KillTarget): Promise<void> {
  await target.wait(Math.max(0, plan.firstMs - target.nowMs()));
  let calmFromMs: number | null = warmupMs;
  let baseline: Stretch = { fromMs: warmupMs, toMs: plan.firstMs };
  for (const phase of plan.phases) {
    await target.wait(phase * plan.cycleMs);
    const killMs = target.nowMs();
    target.kill(phase);
    // A pipeline that did not calm down is held against what it was before that.
    if (calmFromMs !== null) baseline = { fromMs: calmFromMs, toMs: killMs };
    const outcome = await untilCalm(plan, target, { baseline, killMs });
    calmFromMs = outcome === 'calm' ? target.nowMs() - plan.calmSeconds * 1_000 : null;
  }
}

async function untilCalm(
  { calmSeconds, longestGapMs }: KillPlan,
  target: KillTarget,
  since: { readonly baseline: Stretch; readonly killMs: number },
): Promise<'calm' | 'longest-gap'> {
  while (true) {
    await target.wait(LOOK_INTERVAL_MS);
    if (!target.isRunning()) continue;
    const nowMs = target.nowMs();
    if (nowMs - since.killMs >= longestGapMs) return 'longest-gap';
    if (isCalmAgain(target.seconds(), { ...since, nowMs, calmSeconds })) return 'calm';
  }
}
