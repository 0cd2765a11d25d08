import { type KillPlan, likelyDurationMs, planKills } from '../fault/index.ts';
import { CALM_MS } from '../measure/index.ts';
import { cycleMsOf } from './cycle.ts';
import { pipelineNamed } from './engines.ts';
import { canBeWarmed, paceOf } from './pace.ts';
import type { CellPlan } from './plan.ts';

/** After a warm-up that offers more than the later rate, milliseconds. */
const SETTLING_LIMIT_MS = 30_000;

/** The kills of a cell's recovery run. @throws PIPELINE_SETTING_INVALID */
export function killPlanOf(cell: CellPlan): KillPlan {
  const { longestKillGapMs, recoveryMs: likelyRecoveryMs } = paceOf(cell.engine);
  return planKills({
    kills: cell.kills,
    warmupMs: cell.warmupMs,
    settlingLimitMs: settlingLimitMs(cell),
    cycleMs: cycleMsOf(pipelineNamed(cell.engine).settingsSheet(cell.settings)),
    calmMs: CALM_MS,
    longestGapMs: cell.longestKillGapMs ?? longestKillGapMs,
    likelyRecoveryMs,
    seed: cell.seed,
  });
}

/** A virtual machine that starts cold falls behind, and a kill into its backlog would measure that. */
function settlingLimitMs({ schedule, engine }: CellPlan): number {
  if (schedule !== undefined) return SETTLING_LIMIT_MS;
  return canBeWarmed(engine) ? 0 : SETTLING_LIMIT_MS / 2;
}

/** Topics, the rest of the log after the last kill, and the way down, milliseconds. */
const OVERHEAD_MS = 7_000;

/** How long a recovery run takes when each recovery is short, milliseconds. */
export function recoveryMs(cell: CellPlan): number {
  return OVERHEAD_MS + paceOf(cell.engine).startMs + likelyDurationMs(killPlanOf(cell));
}
