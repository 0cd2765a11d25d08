export { tellCollections } from './collection-watch.ts';
export { embeddedPipeline } from './embedded-pipeline.ts';
export { hostEngine } from './host-engine.ts';
export type { EngineEnvironment, EngineProgram, RunningEngine } from './program.ts';
export { systemClock } from './system-clock.ts';
