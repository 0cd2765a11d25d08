export { openDirectSink } from './direct-sink.ts';
export { openKafkaSource } from './kafka-source.ts';
export type { OutputTopics } from './output-records.ts';
export { RecordColumns } from './record-columns.ts';
export { openTransactionalSink } from './transactional-sink.ts';
