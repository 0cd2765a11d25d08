import type { KafkaConnection } from '../../../kafka/index.ts';

/**
 * The addresses of a Kafka that clients outside this process reach: a real one, without TLS and SASL.
 *
 * @throws what `needed` says of anything else
 */
export function plainBrokers(kafka: KafkaConnection, needed: (found: string) => Error): readonly string[] {
  if (kafka.kind !== 'kafka') throw needed('the embedded log');
  if (kafka.clientConfigFile !== undefined) throw needed('a client properties file');
  return kafka.brokers;
}
