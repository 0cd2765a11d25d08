export { type Aggregate, avg, count, max, min, sum } from './aggregate.ts';
export type { KeyedProcess, KeyedProcessContext, StateValue } from './keyed-process.ts';
export type * from './nodes.ts';
