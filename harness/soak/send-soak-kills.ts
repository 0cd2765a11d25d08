import { harnessErrors } from '../errors.ts';
import type { EngineWatch } from './engine-watch.ts';
import type { PlannedKill } from './kill-plan.ts';

/** What sending kills needs of a run. Times in milliseconds from the start of its schedule. */
export interface SoakTarget {
  nowMs(): number;
  /** Rejects when the run has ended early. */
  wait(durationMs: number): Promise<void>;
  /** Resolves at the next event of the engine, or when the time is over. Rejects when the run has ended early. */
  nextEvent(limitMs: number): Promise<void>;
  kill(planned: PlannedKill): void;
}

/** Nothing takes so long to come back. */
const RESTART_LIMIT_MS = 300_000;
/** An engine that tells of no such step is killed all the same, so long after the time for one. */
const STEP_LIMIT_MS = 2_000;
/** A kill anywhere comes within so many cycles after the engine runs. */
const CYCLES = 2;
/** Where cycles are short or there are none. */
const SHORTEST_SPAN_MS = 1_000;

/**
 * Sends a plan's kills, each at what it is aimed at, and waits until the engine runs after the last one. A kill aimed at a restart comes while the
 * engine has not recovered from the one before.
 *
 * @param cycleMs the engine's checkpoint or trigger interval
 * @throws HARNESS_NO_RESTART
 */
export async function sendSoakKills(
  plan: readonly PlannedKill[],
  cycleMs: number,
  watch: EngineWatch,
  target: SoakTarget,
): Promise<void> {
  for (const planned of plan) {
    await untilAimed(planned, cycleMs, watch, target);
    // It may have ended by itself in this instant.
    await untilBack(target, () => watch.isAlive);
    target.kill(planned);
    watch.killed();
  }
  await untilBack(target, () => watch.isRunning);
}

async function untilAimed(
  { aim, share, passing }: PlannedKill,
  cycleMs: number,
  watch: EngineWatch,
  target: SoakTarget,
): Promise<void> {
  switch (aim) {
    case 'restart':
      await untilBack(target, () => watch.isAlive);
      await target.wait(share * watch.durationMs('restart'));
      return;
    case 'anywhere':
      await untilBack(target, () => watch.isRunning);
      await target.wait(share * Math.max(SHORTEST_SPAN_MS, CYCLES * cycleMs));
      return;
    case 'checkpoint':
    case 'commit': {
      await untilBack(target, () => watch.isRunning);
      const before = watch.begun(aim);
      const limitMs = (passing + CYCLES) * cycleMs + STEP_LIMIT_MS;
      await until(target, () => watch.begun(aim) > before + passing, limitMs);
      await target.wait(share * watch.durationMs(aim));
      return;
    }
    default:
      aim satisfies never;
  }
}

async function untilBack(target: SoakTarget, condition: () => boolean): Promise<void> {
  if (await until(target, condition, RESTART_LIMIT_MS)) return;
  throw harnessErrors.error('HARNESS_NO_RESTART', { seconds: RESTART_LIMIT_MS / 1_000 });
}

async function until(target: SoakTarget, condition: () => boolean, limitMs: number): Promise<boolean> {
  const endMs = target.nowMs() + limitMs;
  while (!condition()) {
    const leftMs = endMs - target.nowMs();
    if (leftMs <= 0) return false;
    await target.nextEvent(leftMs);
  }
  return true;
}
