export { ACCUMULATOR_CODEC, type Accumulator, Aggregation, type ResultRow } from './accumulator.ts';
export { RunningAggregateOperator } from './running-aggregate-operator.ts';
