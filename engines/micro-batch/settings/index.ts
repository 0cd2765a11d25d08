export { type MicroBatchSettings, microBatchSettings } from './micro-batch-settings.ts';
export { microBatchProfiles } from './profiles.ts';
