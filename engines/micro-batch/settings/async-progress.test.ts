import { expect, test } from 'vitest';
import type { EngineSettings, Guarantee } from '../../pipeline/index.ts';
import { microBatchSettings, requireAsyncProgressPossible } from './micro-batch-settings.ts';

const requiring = (settings: EngineSettings, guarantee: Guarantee) => () =>
  requireAsyncProgressPossible(microBatchSettings.parse(settings), guarantee);

test.each<[string, EngineSettings, Guarantee]>([
  ['exactly-once', {}, 'exactly-once'],
  ['the trigger once', { trigger: 'once' }, 'at-least-once'],
  ['the trigger available-now', { trigger: 'available-now' }, 'at-least-once'],
])('asynchronous progress tracking is refused with %s, by name', (what, settings, guarantee) => {
  const failing = requiring({ ...settings, asyncProgressTracking: true }, guarantee);
  expect(failing).toThrow(expect.objectContaining({ code: 'MICRO_BATCH_ASYNC_PROGRESS' }));
  expect(failing).toThrow(`cannot be used with ${what}.`);
});

test('it is possible at least once, and what does not ask for it is not refused', () => {
  expect(requiring({ asyncProgressTracking: true }, 'at-least-once')).not.toThrow();
  expect(requiring({ trigger: 'once' }, 'exactly-once')).not.toThrow();
});
