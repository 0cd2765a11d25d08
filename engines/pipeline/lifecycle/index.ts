export type * from './clock.ts';
export type * from './events.ts';
export * from './pipeline.ts';
