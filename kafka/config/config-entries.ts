import type { CrosscurrentError, ErrorDetails } from '../../errors/index.ts';
import { kafkaErrors } from '../errors.ts';
import type { Property } from './properties-file.ts';

/** The names of Kafka's client settings that are read; all concern how to connect securely. */
const KNOWN = [
  'security.protocol',
  'sasl.mechanism',
  'sasl.jaas.config',
  'ssl.truststore.type',
  'ssl.truststore.location',
  'ssl.truststore.certificates',
  'ssl.keystore.type',
  'ssl.keystore.location',
  'ssl.keystore.key',
  'ssl.keystore.certificate.chain',
  'ssl.key.password',
  'ssl.endpoint.identification.algorithm',
  'ssl.enabled.protocols',
] as const;

export type PropertyName = (typeof KNOWN)[number];

/**
 * The entries of one client properties file. Errors made here name the file, the line and the property, never a value: whatever
 * stands in such a file may be a secret in the wrong place.
 */
export class ConfigEntries {
  readonly file: string;
  readonly #entries = new Map<string, Property>();

  /** Fails with KAFKA_CONFIG_PROPERTY_UNKNOWN. As in Java, the last entry of a name counts. */
  constructor(file: string, properties: readonly Property[]) {
    this.file = file;
    for (const property of properties) {
      if (!(KNOWN as readonly string[]).includes(property.name)) {
        const { line } = property;
        throw kafkaErrors.error('KAFKA_CONFIG_PROPERTY_UNKNOWN', {
          file,
          line,
          property: shownName(property),
        });
      }
      this.#entries.set(property.name, property);
    }
  }

  get(name: PropertyName): string | undefined {
    return this.#entries.get(name)?.value.trim();
  }

  /** Its value, or KAFKA_CONFIG_PROPERTY_MISSING. */
  require(name: PropertyName, neededFor: string): string {
    const value = this.get(name);
    if (value) return value;
    throw kafkaErrors.error('KAFKA_CONFIG_PROPERTY_MISSING', { file: this.file, property: name, neededFor });
  }

  invalid(name: PropertyName, problem: string): CrosscurrentError {
    return kafkaErrors.error('KAFKA_CONFIG_VALUE_INVALID', { ...this.#where(name), problem });
  }

  notPem(name: PropertyName): CrosscurrentError {
    return kafkaErrors.error('KAFKA_CONFIG_STORE_UNSUPPORTED', this.#where(name));
  }

  #where(name: PropertyName): ErrorDetails {
    return { file: this.file, property: name, line: this.#entries.get(name)?.line ?? 0 };
  }
}

/** A name outside Kafka's security settings may be a piece of a value that lost its line's backslash. */
function shownName({ name }: Property): string {
  return /^(ssl|sasl|security)\.[a-z.]+$/.test(name)
    ? name
    : 'a property that is not one of Kafka’s security settings';
}
