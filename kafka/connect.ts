import { createKafkajsClient } from './kafkajs/index.ts';
import { connectEmbeddedLog } from './log/index.ts';
import type { KafkaClient, KafkaConnection } from './port/index.ts';

/** Opens a client for the connection: kafkajs for a cluster, ours for the embedded log. Fails with a KAFKA_* error. */
export function connect(connection: KafkaConnection): Promise<KafkaClient> {
  switch (connection.kind) {
    case 'kafka':
      return createKafkajsClient(connection);
    case 'embedded-log':
      return connectEmbeddedLog(connection);
  }
}
