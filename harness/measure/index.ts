export { CALM_MS, caughtUpAtMs } from './caught-up.ts';
export { drainFigures } from './drain-figures.ts';
export { latencyFigures } from './latency-figures.ts';
export { recoveryKills, type SentKill } from './recovery-kills.ts';
export { sliceSamples } from './slices.ts';
export { type TimedSample, timedSamples } from './timed-sample.ts';
