export {
  type FlinkCheckpoints,
  type FlinkJob,
  FlinkRefusal,
  FlinkSilence,
  type JobSubmission,
  RestClient,
} from './rest-client.ts';
