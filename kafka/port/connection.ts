/** How to reach a log, as plain data: it crosses process and thread boundaries. */
export type KafkaConnection = BrokerConnection | EmbeddedLogConnection;

/** A Kafka cluster: embedded, from docker compose, or the user's own. */
export interface BrokerConnection {
  readonly kind: 'kafka';
  /** host:port, one or more. */
  readonly brokers: readonly string[];
  /** Path of a client properties file (TLS, SASL; Kafka's own names). The secrets stay in the file. */
  readonly clientConfigFile?: string;
}

/** The log kept in memory by the harness process and served on a loopback port. No Kafka: not comparable with it. */
export interface EmbeddedLogConnection {
  readonly kind: 'embedded-log';
  readonly host: string;
  readonly port: number;
}
