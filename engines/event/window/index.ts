export { createWindowOperator, type WindowOperatorOptions } from './create-window-operator.ts';
