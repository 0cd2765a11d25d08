import { expect, test } from 'vitest';
import { microBatchSettings } from './micro-batch-settings.ts';

test('a password in the URL of a Redis is refused, since results keep the settings', () => {
  const settings = (stateProvider: string) => () => microBatchSettings.parse({ stateProvider });
  expect(settings('redis://127.0.0.1:6379/0')).not.toThrow();
  expect(settings('redis://:secret@127.0.0.1:6379/0')).toThrow('CROSSCURRENT_REDIS_PASSWORD');
});
