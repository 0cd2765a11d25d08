export { createDirectSink } from './direct-sink.ts';
export { EpochReader, EpochSink } from './epoch-frames.ts';
export { InputReader } from './input-reader.ts';
export { OutputPartitioner } from './output-partitioner.ts';
export type { OutputSink } from './output-sink.ts';
export { PartitionInput, type PartitionPlace } from './partition-input.ts';
export { RecordDecoder } from './record-decoder.ts';
export { ResultEncoder } from './result-encoder.ts';
export { TransactionCollector } from './transaction-collector.ts';
