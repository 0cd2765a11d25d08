import { expect, test } from 'vitest';
import { brokersOf, requireHeap, requireSettings } from './requirements.ts';

test.each([
  [
    'an operator without its store',
    { statefulOperator: 'transformWithState' },
    false,
    'stateStore = rocksdb',
  ],
  ['what nothing would heed', { driverHost: '10.0.0.5' }, false, 'no --spark-master'],
] as const)('%s is refused', (_, settings, isElsewhere, message) => {
  expect(() => requireSettings(settings, isElsewhere)).toThrow(
    expect.objectContaining({
      code: 'SPARK_SETTINGS_CONTRADICT',
      message: expect.stringContaining(message),
    }),
  );
});

test('what fits together is not refused', () => {
  requireSettings({ statefulOperator: 'transformWithState', stateStore: 'rocksdb' }, false);
  requireSettings({ driverHost: '10.0.0.5' }, true);
  requireHeap(450);
  expect(brokersOf({ kind: 'kafka', brokers: ['a:1'] })).toEqual(['a:1']);
});

test('a heap and a Kafka that Spark cannot work with are refused', () => {
  expect(() => requireHeap(128)).toThrow(expect.objectContaining({ code: 'SPARK_HEAP_TOO_SMALL' }));
  const kafka = { kind: 'kafka', brokers: ['a:1'], clientConfigFile: 'client.properties' } as const;
  expect(() => brokersOf(kafka)).toThrow(expect.objectContaining({ code: 'SPARK_KAFKA_NEEDED' }));
  expect(() => brokersOf({ kind: 'embedded-log', host: '127.0.0.1', port: 1 })).toThrow(
    expect.objectContaining({ code: 'SPARK_KAFKA_NEEDED' }),
  );
});
