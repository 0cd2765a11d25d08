export type * from './vector.ts';
