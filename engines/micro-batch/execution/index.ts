export { MemorySink } from './memory-sink.ts';
export { MemorySource } from './memory-source.ts';
export { type ExecutionSettings, MicroBatchExecution } from './micro-batch-execution.ts';
export type {
  BatchOutput,
  BatchSink,
  BatchSource,
  DeadLetter,
  OffsetRange,
  Offsets,
  OutputRow,
  SourceBatch,
} from './ports.ts';
