import { join } from 'node:path';

/** A listener beside the plain one, for tests of secured connections: SASL over plain text on loopback. */
export interface SaslListener {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  readonly username: string;
  readonly password: string;
}

export interface ServerConfig {
  readonly folder: string;
  readonly brokerPort: number;
  readonly controllerPort: number;
  readonly sasl?: { readonly port: number; readonly listener: SaslListener };
}

/**
 * server.properties of one KRaft node that is broker and controller. What differs from Kafka's defaults is what one node and a
 * short life need: internal topics with one replica and few partitions, no wait for a group's first members, no topic made by
 * a misspelt name. Everything that shapes the measured path (threads, flush, log format, timestamps) is Kafka's default.
 */
export function serverProperties({ folder, brokerPort, controllerPort, sasl }: ServerConfig): string {
  const listeners = [`PLAINTEXT://127.0.0.1:${brokerPort}`];
  const protocols = ['PLAINTEXT:PLAINTEXT', 'CONTROLLER:PLAINTEXT'];
  if (sasl !== undefined) {
    listeners.push(`SECURED://127.0.0.1:${sasl.port}`);
    protocols.push('SECURED:SASL_PLAINTEXT');
  }
  const lines = [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=PLAINTEXT',
    `listeners=${[...listeners, `CONTROLLER://127.0.0.1:${controllerPort}`].join(',')}`,
    `advertised.listeners=${listeners.join(',')}`,
    `listener.security.protocol.map=${protocols.join(',')}`,
    `log.dirs=${join(folder, 'data')}`,
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=4',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'transaction.state.log.num.partitions=4',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    'auto.create.topics.enable=false',
  ];
  if (sasl !== undefined) lines.push(...saslLines(sasl.listener));
  return `${lines.join('\n')}\n`;
}

function saslLines({ mechanism, username, password }: SaslListener): string[] {
  const prefix = `listener.name.secured.${mechanism.toLowerCase()}.sasl.jaas.config`;
  const login =
    mechanism === 'PLAIN'
      ? `org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}="${password}";`
      : 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  return [
    `sasl.enabled.mechanisms=${mechanism}`,
    `listener.name.secured.sasl.enabled.mechanisms=${mechanism}`,
    `${prefix}=${login}`,
  ];
}

/** log4j2.xml: one file, no console, capped, so that a long benchmark neither fills the disk nor pays for logging. */
export function loggingConfig(logFile: string): string {
  return `<Configuration status="ERROR">
  <Appenders>
    <RollingFile name="file" fileName="${logFile}" filePattern="${logFile}.%i">
      <PatternLayout pattern="%d{ISO8601} %p %c{1} %m%n"/>
      <SizeBasedTriggeringPolicy size="10MB"/>
      <DefaultRolloverStrategy max="1"/>
    </RollingFile>
  </Appenders>
  <Loggers>
    <Logger name="org.apache.kafka.clients" level="WARN"/>
    <Logger name="kafka.log" level="WARN"/>
    <Logger name="org.apache.kafka.storage" level="WARN"/>
    <Logger name="state.change.logger" level="WARN"/>
    <Root level="INFO"><AppenderRef ref="file"/></Root>
  </Loggers>
</Configuration>
`;
}
