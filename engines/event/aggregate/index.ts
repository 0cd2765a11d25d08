export { type Accumulator, Aggregation, type ResultRow } from './accumulator.ts';
export { type PartsOfAggregates, partsOfAggregates } from './parts-of-aggregates.ts';
export { RunningAggregateOperator } from './running-aggregate-operator.ts';
