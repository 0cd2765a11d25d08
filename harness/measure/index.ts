export { drainFigures } from './drain-figures.ts';
export { latencyFigures, type MeasuredSchedule } from './latency-figures.ts';
export { recoveryKills, type SentKill } from './recovery-kills.ts';
