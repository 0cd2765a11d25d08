export { type MicroBatchSettings, microBatchSettings } from './micro-batch-settings.ts';
