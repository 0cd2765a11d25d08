/**
 * What a module with one's own workload imports: the dataflow's builder, the log's, and the parts of an oracle. docs/own-workload.md walks
 * through an example.
 *
 * @module
 */
export {
  aggregatingState,
  avg,
  count,
  custom,
  type Dataflow,
  dataflow,
  input,
  type KeyedProcess,
  type KeyedProcessContext,
  listState,
  mapState,
  max,
  min,
  pattern,
  type Row,
  type RowOf,
  reducingState,
  type StateValue,
  sum,
  valueState,
} from '../engines/pipeline/index.ts';
export { ExpectedRecords } from './expected-records.ts';
export {
  type ByteWriter,
  buildLog,
  FlatJsonReader,
  type FlatSchema,
  KeyIndex,
  type LogSpecification,
  type RecordedLog,
  type RecordSlot,
  valueBytes,
  valueReader,
} from './log/index.ts';
export type { Oracle, OutputVerdict } from './oracle.ts';
export type { OwnWorkload } from './own-workload.ts';
export { type RecordedWorkload, recordedWorkload } from './recorded-workload.ts';
export { type RunningAggregates, runningAggregatesOracle } from './running-aggregates.ts';
export { COVERS, REPEAT, UNMEASURED, wrong } from './verdicts.ts';
export {
  type CompletedResult,
  type WatermarkedResults,
  watermarkedResultsOracle,
} from './watermarked-results.ts';
export { type DataflowOptions, OUTPUTS } from './workload.ts';
