import { kafkaErrors } from '../errors.ts';

/** Where the Kafka of a run comes from, as the user asked for it. */
export type BrokerChoice =
  /** Embedded Kafka where Java and Maven are there; else docker compose where an engine answers; else the embedded log. */
  | { readonly kind: 'automatic' }
  | { readonly kind: 'embedded' }
  | { readonly kind: 'compose' }
  | { readonly kind: 'embedded-log' }
  | { readonly kind: 'external'; readonly brokers: readonly string[] };

const ADDRESS = /^[A-Za-z0-9._-]+:(\d{1,5})$/;

/**
 * Reads the value of `--broker`: embedded, compose, log, or HOST:PORT (several separated by commas); undefined means automatic.
 * Fails with KAFKA_BROKER_CHOICE_INVALID.
 */
export function parseBrokerChoice(choice: string | undefined): BrokerChoice {
  switch (choice) {
    case undefined:
      return { kind: 'automatic' };
    case 'embedded':
    case 'compose':
      return { kind: choice };
    case 'log':
      return { kind: 'embedded-log' };
    default:
      return {
        kind: 'external',
        brokers: choice.split(',').map((part) => checkedAddress(choice, part.trim())),
      };
  }
}

function checkedAddress(choice: string, address: string): string {
  const port = ADDRESS.exec(address)?.[1];
  if (port === undefined)
    throw kafkaErrors.error('KAFKA_BROKER_CHOICE_INVALID', {
      choice,
      reason: `"${address}" is not HOST:PORT`,
    });
  if (Number(port) < 1 || Number(port) > 65_535)
    throw kafkaErrors.error('KAFKA_BROKER_CHOICE_INVALID', { choice, reason: `${port} is not a port` });
  return address;
}
