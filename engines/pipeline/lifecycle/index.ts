export type * from './clock.ts';
export type * from './events.ts';
export * from './pipeline.ts';
export { plainBrokers } from './plain-kafka.ts';
