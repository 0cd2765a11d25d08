import { type KillPlan, likelyDurationMs, planKills } from '../fault/index.ts';
import { CALM_MS } from '../measure/index.ts';
import { cycleMsOf } from './cycle.ts';
import { pipelineNamed } from './engines.ts';
import type { CellPlan } from './plan.ts';

/** From one kill to the next at most, where the plan of the cell does not say, milliseconds. */
const LONGEST_KILL_GAP_MS = 15_000;

/** After a warm-up that offers more than the later rate, milliseconds. */
const SETTLING_LIMIT_MS = 30_000;

/** The kills of a cell's recovery run. @throws PIPELINE_SETTING_INVALID */
export function killPlanOf(cell: CellPlan): KillPlan {
  return planKills({
    kills: cell.kills,
    warmupMs: cell.warmupMs,
    settlingLimitMs: cell.schedule === undefined ? 0 : SETTLING_LIMIT_MS,
    cycleMs: cycleMsOf(pipelineNamed(cell.engine).settingsSheet(cell.settings)),
    calmMs: CALM_MS,
    longestGapMs: cell.longestKillGapMs ?? LONGEST_KILL_GAP_MS,
    seed: cell.seed,
  });
}

/** Topics, the engine's start, the rest of the log after the last kill, and the way down, milliseconds. */
const OVERHEAD_MS = 8_000;

/** How long a recovery run takes when each recovery is short, milliseconds. */
export function recoveryMs(cell: CellPlan): number {
  return OVERHEAD_MS + likelyDurationMs(killPlanOf(cell));
}
