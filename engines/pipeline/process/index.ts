export { hostEngine } from './host-engine.ts';
export type { EngineEnvironment, EngineProgram, RunningEngine } from './program.ts';
export { SUPERVISION, superviseEngine } from './supervise-engine.ts';
export { systemClock } from './system-clock.ts';
