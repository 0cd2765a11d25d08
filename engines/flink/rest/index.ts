export {
  type FlinkCheckpoints,
  type FlinkJob,
  FlinkRefusal,
  type JobSubmission,
  RestClient,
} from './rest-client.ts';
