export type * from './clock.ts';
export type * from './events.ts';
export type * from './introspection.ts';
export * from './pipeline.ts';
export { plainBrokers } from './plain-kafka.ts';
export type * from './query-progress.ts';
