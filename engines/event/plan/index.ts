export { createKeyedOperator } from './create-keyed-operator.ts';
