export { openKafkaSource } from './kafka-source.ts';
export { openSink, resultTopic } from './open-sink.ts';
export { RecordColumns } from './record-columns.ts';
