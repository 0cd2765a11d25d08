import { expect, test } from 'vitest';
import type { KafkaConnection } from '../../kafka/index.ts';
import { brokersOf, refuseContradiction, requireHeap } from './requirements.ts';
import { flinkSettings } from './settings/index.ts';

const refusal = (code: string, text: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(text) });

test.each([
  [
    { heartbeatTimeoutMs: 1_000 },
    'at-least-once',
    'heartbeatTimeoutMs = 1000 is below heartbeatIntervalMs = 10000',
  ],
  [{ checkpointIntervalMs: 60_000 }, 'exactly-once', 'transactionTimeoutMs = 60000 is not above'],
] as const)('refuses %j under %s', (given, guarantee, text) => {
  expect(() => refuseContradiction(flinkSettings.parse(given), guarantee)).toThrow(
    refusal('FLINK_SETTINGS_CONTRADICT', text),
  );
});

test('what contradicts nothing is let through', () => {
  refuseContradiction(flinkSettings.parse({}), 'exactly-once');
  // No transaction is under way.
  refuseContradiction(flinkSettings.parse({ checkpointIntervalMs: 60_000 }), 'at-least-once');
});

test('a heap without room for the job is refused', () => {
  requireHeap(192);
  expect(() => requireHeap(191)).toThrow(refusal('FLINK_HEAP_TOO_SMALL', '191 MiB'));
});

test('the jobs need a real Kafka without TLS and SASL', () => {
  expect(brokersOf({ kind: 'kafka', brokers: ['a:1'] })).toEqual(['a:1']);
  const files: KafkaConnection = { kind: 'kafka', brokers: ['a:1'], clientConfigFile: '/client.properties' };
  expect(() => brokersOf(files)).toThrow(refusal('FLINK_KAFKA_NEEDED', 'a client properties file'));
});
