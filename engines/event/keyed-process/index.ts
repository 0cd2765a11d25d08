export { KeyedProcessOperator, type KeyedProcessOptions } from './keyed-process-operator.ts';
