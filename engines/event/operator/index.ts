export { createKeyedOperator } from './create-keyed-operator.ts';
export type { KeyedOperator, OperatorOutput } from './keyed-operator.ts';
