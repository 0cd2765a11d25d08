export type { Observation, ObservedTally, SecondSummary } from './observation.ts';
export { type Observer, startObserver } from './observer.ts';
export type { ExpectedRecords, ObserverMode, ObserverTask } from './protocol.ts';
