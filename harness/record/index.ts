export { type Anonymisation, secretFromFile, unrepeatableSecret } from './pseudonyms.ts';
export { type RecordTask, recordTopic } from './record-topic.ts';
export type { RecordingCounts } from './recording.ts';
