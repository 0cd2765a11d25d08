export {
  type MicroBatchSettings,
  microBatchSettings,
  requireAsyncProgressPossible,
  triggerOf,
} from './micro-batch-settings.ts';
export { microBatchProfiles } from './profiles.ts';
