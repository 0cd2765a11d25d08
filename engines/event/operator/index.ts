export type { KeyedOperator, OperatorOutput } from './keyed-operator.ts';
