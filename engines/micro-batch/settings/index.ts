export { type MicroBatchSettings, microBatchSettings, triggerOf } from './micro-batch-settings.ts';
export { microBatchProfiles } from './profiles.ts';
