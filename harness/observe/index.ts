export type { Observation, ObservedTally } from './observation.ts';
export { type Observer, startObserver } from './observer.ts';
export type { ObserverMode } from './protocol.ts';
