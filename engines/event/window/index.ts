export { WindowAggregateOperator } from './window-aggregate-operator.ts';
