export { KeyedProcessOperator } from './keyed-process-operator.ts';
