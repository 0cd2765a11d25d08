export { CALM_MS, calmP99LimitUs } from './caught-up.ts';
export { drainFigures } from './drain-figures.ts';
export { latencyFigures, type MeasuredSchedule } from './latency-figures.ts';
export { recoveryKills, type SentKill } from './recovery-kills.ts';
export { DEFAULT_STEADINESS, describeSteadiness, isSteady } from './steadiness.ts';
