export { type KillPlan, likelyDurationMs, longestDurationMs, planKills } from './kill-plan.ts';
export { type KillTarget, sendKills } from './send-kills.ts';
export { uniformFloat64 } from './uniform.ts';
