export type * from './client.ts';
export type * from './connection.ts';
export { keyText, type RecordBatch, valueText } from './record-batch.ts';
