import { resolve } from 'node:path';
import { findJava, findMaven, MINIMUM_JAVA_MAJOR, type ProgressListener } from '../../java/index.ts';
import { readClientConfig } from '../config/index.ts';
import { kafkaErrors } from '../errors.ts';
import { startEmbeddedLog } from '../log/index.ts';
import type { BrokerConnection, KafkaConnection } from '../port/index.ts';
import { type BrokerChoice, parseBrokerChoice } from './broker-choice.ts';
import { kafkaJarsAreCached } from './classpath.ts';
import { composeIsUsable, openCompose } from './compose.ts';
import { startEmbeddedBroker } from './embedded.ts';
import { probeBroker } from './probe.ts';

const REACH_WITHIN_MS = 5_000;

/** A Kafka, or what stands in for it, that is ready for use. */
export interface OpenBroker {
  readonly kind: 'embedded' | 'compose' | 'external' | 'embedded-log';
  /** One line for reports. */
  readonly description: string;
  /** null where it is not known, or no Kafka. */
  readonly kafkaVersion: string | null;
  readonly heapMb: number | null;
  /** Whether figures taken on it may be set beside those of Kafka. */
  readonly comparable: boolean;
  readonly connection: KafkaConnection;
  /** Of a broker that is a process started here; null otherwise. */
  readonly processId: number | null;
  /** Ends what was started, and nothing else. */
  stop(): Promise<void>;
}

export interface OpenBrokerOptions {
  /** Value of `--broker`: embedded, compose, log, or HOST:PORT,...; undefined takes the best that this machine has. */
  readonly choice?: string;
  /** Of the embedded broker, MB. */
  readonly heapMb?: number;
  /** Client properties file; only for brokers of the user's own. */
  readonly clientConfigFile?: string;
  readonly onProgress?: ProgressListener;
}

/**
 * Starts or reaches the Kafka of a run. Fails with KAFKA_BROKER_CHOICE_INVALID, KAFKA_UNREACHABLE, KAFKA_DOCKER_MISSING,
 * KAFKA_COMPOSE_FAILED, an error of `startEmbeddedBroker`, or a KAFKA_CONFIG_* error.
 */
export async function openBroker(options: OpenBrokerOptions = {}): Promise<OpenBroker> {
  const choice = parseBrokerChoice(options.choice);
  if (options.clientConfigFile !== undefined && choice.kind !== 'external')
    throw kafkaErrors.error('KAFKA_BROKER_CHOICE_INVALID', {
      choice: options.choice ?? 'no --broker',
      reason: 'a client properties file goes with HOST:PORT only',
    });
  return openChosen(choice, options);
}

async function openChosen(choice: BrokerChoice, options: OpenBrokerOptions): Promise<OpenBroker> {
  switch (choice.kind) {
    case 'automatic':
      return openChosen(await bestAvailable(), options);
    case 'embedded': {
      const broker = await startEmbeddedBroker(options);
      return { kind: 'embedded', comparable: true, ...broker };
    }
    case 'compose':
      return openCompose(options);
    case 'external':
      return openExternal(choice.brokers, options.clientConfigFile);
    case 'embedded-log':
      return openEmbeddedLog();
  }
}

async function bestAvailable(): Promise<BrokerChoice> {
  const java = await findJava();
  const canEmbed =
    java !== undefined &&
    java.major >= MINIMUM_JAVA_MAJOR &&
    ((await kafkaJarsAreCached()) || (await findMaven()) !== undefined);
  if (canEmbed) return { kind: 'embedded' };
  return (await composeIsUsable()) ? { kind: 'compose' } : { kind: 'embedded-log' };
}

async function openExternal(
  brokers: readonly string[],
  clientConfigFile: string | undefined,
): Promise<OpenBroker> {
  const { ssl, sasl } = clientConfigFile === undefined ? {} : await readClientConfig(clientConfigFile);
  const tls = ssl === undefined ? {} : { tls: ssl === true ? {} : ssl };
  const attempts = brokers.map((address) => {
    const colon = address.lastIndexOf(':');
    return probeBroker(address.slice(0, colon), Number(address.slice(colon + 1)), {
      timeoutMs: REACH_WITHIN_MS,
      metadata: sasl === undefined,
      ...tls,
    });
  });
  const address = brokers.join(',');
  await Promise.any(attempts).catch((failure: AggregateError) => {
    const reason = (failure.errors[0] as Error).message;
    throw kafkaErrors.error('KAFKA_UNREACHABLE', { address, reason });
  });
  const connection: BrokerConnection = {
    kind: 'kafka',
    brokers,
    // Absolute, since engines may run in another working folder.
    ...(clientConfigFile === undefined ? {} : { clientConfigFile: resolve(clientConfigFile) }),
  };
  return {
    kind: 'external',
    description: `Kafka at ${address}`,
    kafkaVersion: null,
    heapMb: null,
    comparable: true,
    connection,
    processId: null,
    stop: async () => {},
  };
}

async function openEmbeddedLog(): Promise<OpenBroker> {
  const { connection, stop } = await startEmbeddedLog();
  return {
    kind: 'embedded-log',
    description: 'embedded log in memory (no broker)',
    kafkaVersion: null,
    heapMb: null,
    comparable: false,
    connection,
    processId: null,
    stop,
  };
}
