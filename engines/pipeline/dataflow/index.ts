export { type Aggregate, avg, count, max, min, sum } from './aggregate.ts';
export { dataflow } from './builder.ts';
export type { KeyedProcess, KeyedProcessContext, StateValue } from './keyed-process.ts';
export { type DataflowReference, loadDataflow } from './load-dataflow.ts';
export { nodeName } from './node-name.ts';
export type * from './nodes.ts';
export { requiredFields } from './required-fields.ts';
export { keyOf, resultSchema } from './schemas.ts';
export { validateDataflow } from './validate-dataflow.ts';
