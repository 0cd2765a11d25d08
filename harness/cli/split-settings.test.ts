import { expect, test } from 'vitest';
import { splitSettings } from './split-settings.ts';

test('a setting goes to every engine, or to the one that its prefix names, with its type', () => {
  const given = { acks: '-1', 'event.stateBackend': 'rocksdb', 'micro-batch.noDataBatches': 'false' };
  expect(splitSettings(given, 'event')).toEqual({ acks: -1, stateBackend: 'rocksdb' });
  expect(splitSettings(given, 'micro-batch')).toEqual({ acks: -1, noDataBatches: false });
});
