export type { HeartbeatLimits } from './engine-process.ts';
export { hostEngine } from './host-engine.ts';
export type { EngineEnvironment, EngineProgram, EngineReport, RunningEngine } from './program.ts';
export { SUPERVISION, type SuperviseOptions, superviseEngine } from './supervise-engine.ts';
export { systemClock } from './system-clock.ts';
export { fromWireError, toWireError, type WireError } from './wire-error.ts';
