export { PatternOperator } from './pattern-operator.ts';
