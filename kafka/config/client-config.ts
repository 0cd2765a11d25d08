import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { kafkaErrors } from '../errors.ts';
import { ConfigEntries } from './config-entries.ts';
import { parseProperties } from './properties-file.ts';
import { readSaslLogin, type SaslLogin } from './sasl-login.ts';
import { readTlsOptions } from './tls-options.ts';

/** How to connect securely, in the shapes kafkajs takes. It can be printed: keys and passwords do not show. */
export interface ClientConfig {
  /** `true`: TLS with the system's certificates. */
  readonly ssl?: true | ConnectionOptions;
  readonly sasl?: SaslLogin;
}

const PROTOCOLS = {
  PLAINTEXT: { ssl: false, sasl: false },
  SSL: { ssl: true, sasl: false },
  SASL_PLAINTEXT: { ssl: false, sasl: true },
  SASL_SSL: { ssl: true, sasl: true },
} as const;

/**
 * Reads a client properties file with Kafka's own names: security.protocol, sasl.mechanism (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512),
 * sasl.jaas.config, and ssl.* with stores in PEM. Entries that the protocol does not use are checked by name only.
 *
 * Fails with a KAFKA_CONFIG_* error, which names file, line and property and never holds a value.
 */
export async function readClientConfig(path: string): Promise<ClientConfig> {
  const text = await readFile(path, 'utf8').catch((failure: NodeJS.ErrnoException) => {
    throw kafkaErrors.error('KAFKA_CONFIG_UNREADABLE', {
      file: path,
      reason: failure.code ?? 'unknown reason',
    });
  });
  const entries = new ConfigEntries(path, parseProperties(text));
  const protocol = (entries.get('security.protocol') ?? 'PLAINTEXT').toUpperCase();
  if (!isProtocol(protocol))
    throw entries.invalid('security.protocol', `is not one of ${Object.keys(PROTOCOLS).join(', ')}`);
  const wanted = PROTOCOLS[protocol];
  return {
    ...(wanted.ssl ? { ssl: await readTlsOptions(entries) } : {}),
    ...(wanted.sasl ? { sasl: readSaslLogin(entries) } : {}),
  };
}

function isProtocol(text: string): text is keyof typeof PROTOCOLS {
  return Object.hasOwn(PROTOCOLS, text);
}
