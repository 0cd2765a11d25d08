export { defineSettings } from './define-settings.ts';
export {
  checkpointSettings,
  kafkaClientSettings,
  milliseconds,
  transactionSettings,
  triggerSettings,
} from './shared-settings.ts';
