export type { Observation, ObservedTally } from './observation.ts';
export { type Observer, startObserver } from './observer.ts';
export type { ExpectedRecords, ObserverMode } from './protocol.ts';
