import { describe, expect, test } from 'vitest';
import { parseBrokerChoice } from './broker-choice.ts';
import { openBroker } from './open-broker.ts';

describe('parseBrokerChoice', () => {
  test.each([
    [undefined, { kind: 'automatic' }],
    ['embedded', { kind: 'embedded' }],
    ['compose', { kind: 'compose' }],
    ['log', { kind: 'embedded-log' }],
    ['localhost:9092', { kind: 'external', brokers: ['localhost:9092'] }],
    ['a.example:1, b-2:65535', { kind: 'external', brokers: ['a.example:1', 'b-2:65535'] }],
  ])('%j', (text, choice) => {
    expect(parseBrokerChoice(text)).toEqual(choice);
  });

  test.each(['', 'localhost', 'kafka://a:9092', 'a:0', 'a:65536', 'a:9092,', ':9092', 'Embedded'])(
    'refuses %j',
    (text) => {
      expect(() => parseBrokerChoice(text)).toThrow(
        expect.objectContaining({ code: 'KAFKA_BROKER_CHOICE_INVALID', exit: 'usage' }),
      );
    },
  );
});

describe('openBroker', () => {
  test('refuses a client properties file without addresses', async () => {
    await expect(openBroker({ choice: 'log', clientConfigFile: 'x' })).rejects.toMatchObject({
      code: 'KAFKA_BROKER_CHOICE_INVALID',
    });
  });

  test('opens the embedded log, labelled as not comparable', async () => {
    const broker = await openBroker({ choice: 'log' });
    expect(broker).toMatchObject({ kind: 'embedded-log', comparable: false, kafkaVersion: null });
    await broker.stop();
  });
});
