export { type BatchTasks, inlineTasks, type TaskOutput } from './batch-tasks.ts';
export { withForeachBatch } from './foreach-batch-sink.ts';
export { MemorySink } from './memory-sink.ts';
export { MemorySource } from './memory-source.ts';
export { MicroBatchExecution } from './micro-batch-execution.ts';
export type { Operator } from './operator.ts';
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
