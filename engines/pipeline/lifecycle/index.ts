export type * from './clock.ts';
export type * from './events.ts';
export type * from './pipeline.ts';
