export type { AbortedTransaction } from './aborted-transactions.ts';
export { decodeRecords } from './batch-reader.ts';
export { BatchWriter, type ProducerStamp } from './batch-writer.ts';
