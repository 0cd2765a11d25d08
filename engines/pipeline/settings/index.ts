export { defineSettings } from './define-settings.ts';
export {
  checkpointSettings,
  kafkaClientSettings,
  milliseconds,
  throughputClientSettings,
  transactionSettings,
  triggerSettings,
} from './shared-settings.ts';
