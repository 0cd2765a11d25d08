export {
  type Aggregate,
  avg,
  type CustomAggregate,
  count,
  custom,
  max,
  min,
  type NamedAggregate,
  sum,
} from './aggregate.ts';
export type * from './async-map.ts';
export { dataflow, input } from './builder.ts';
export type * from './deduplicate.ts';
export { compares, type FieldCondition, fieldsOfCondition, meets } from './field-condition.ts';
export type * from './group-state.ts';
export type * from './keyed-process.ts';
export * from './keyed-state.ts';
export { type DataflowReference, loadDataflow } from './load-dataflow.ts';
export type * from './multi-input.ts';
export { nodeName } from './node-name.ts';
export type * from './nodes.ts';
export type * from './pattern.ts';
export { type PatternBuilder, pattern } from './pattern-builder.ts';
export { fieldsOfAggregates, hasCustomTrigger, requiredFields } from './required-fields.ts';
export type { RowOf } from './row-types.ts';
export { keyOf, resultSchema, schemaBefore } from './schemas.ts';
export { validateDataflow } from './validate-dataflow.ts';
export type * from './watermark.ts';
export type * from './window.ts';
