export { BASELINE_MS, KILL_GAP_MS, type PlannedKill, planDurationMs, planKills } from './kill-plan.ts';
