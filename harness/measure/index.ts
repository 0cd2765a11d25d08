export { drainFigures } from './drain-figures.ts';
export { latencyFigures } from './latency-figures.ts';
export { recoveryKills, type SentKill } from './recovery-kills.ts';
