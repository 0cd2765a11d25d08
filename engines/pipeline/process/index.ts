export { tellCollections } from './collection-watch.ts';
export { embeddedPipeline } from './embedded-pipeline.ts';
export { hostEngine } from './host-engine.ts';
export type { EngineLauncher, Incarnation, IncarnationOptions } from './launcher.ts';
export type { EngineEnvironment, EngineProgram, RunningEngine } from './program.ts';
export type { EngineMessage, EngineProgress, SupervisorMessage } from './protocol.ts';
export { superviseEngine } from './supervise-engine.ts';
export { systemClock } from './system-clock.ts';
