export { type AggregationLayout, layOutAggregates, mergeAccumulators } from './accumulators.ts';
export { type Column, ColumnBatch } from './column-batch.ts';
export { rowsMeeting } from './column-condition.ts';
export { gather } from './gather.ts';
export {
  PartialAggregation,
  type WindowShape,
} from './partial-aggregation.ts';
export { columnsOfRows, rowReader, takeRows } from './rows.ts';
export { TextIds, type Texts } from './texts.ts';
