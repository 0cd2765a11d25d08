export { IntervalJoinOperator } from './interval-join-operator.ts';
