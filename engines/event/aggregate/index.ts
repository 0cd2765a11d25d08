export { type Accumulator, Aggregation, isInvertible, type ResultRow } from './accumulator.ts';
export { RunningAggregateOperator } from './running-aggregate-operator.ts';
