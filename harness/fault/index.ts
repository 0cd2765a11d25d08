export { type PlannedKill, planDurationMs, planKills } from './kill-plan.ts';
