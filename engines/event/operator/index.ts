export { createKeyedOperator, type KeyedOperatorParts } from './create-keyed-operator.ts';
export { operatorErrors } from './errors.ts';
export type { KeyedOperator, OperatorOutput } from './keyed-operator.ts';
