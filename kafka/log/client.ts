import type { EmbeddedLogConnection, KafkaAdmin, KafkaClient } from '../port/index.ts';
import { LogProducer } from './log-producer.ts';
import type { LogStore } from './log-store.ts';
import { createLogTransactionalProducer } from './log-transactional-producer.ts';
import { LogReader } from './partition-reader.ts';
import type { LogReply, LogTransport } from './protocol.ts';
import { inProcessTransport, tcpTransport } from './transports.ts';

/** Client of an embedded log that another thread or process, or this one, serves. Fails with KAFKA_UNREACHABLE. */
export async function connectEmbeddedLog(connection: EmbeddedLogConnection): Promise<KafkaClient> {
  return clientOver(await tcpTransport(connection));
}

/** Client straight on a store of this process, for unit tests. */
export function createInProcessClient(store: LogStore): KafkaClient {
  return clientOver(inProcessTransport(store));
}

function clientOver(transport: LogTransport): KafkaClient {
  const parts: { close(): Promise<void> }[] = [];
  const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    parts.push(part);
    return part;
  };
  return {
    admin: adminOver(transport),
    createReader: async (options) => keep(new LogReader(transport, options)),
    createProducer: async (options) => keep(new LogProducer(transport, options)),
    createTransactionalProducer: async (options) =>
      keep(await createLogTransactionalProducer(transport, options)),
    close: async () => {
      await Promise.all(parts.splice(0).map((part) => part.close()));
      await transport.close();
    },
  };
}

function adminOver(transport: LogTransport): KafkaAdmin {
  const offsets = (message: LogReply): number[] => [...(message as LogReply & { type: 'offsets' }).offsets];
  const endOffsets: KafkaAdmin['endOffsets'] = async (topic, isolation) =>
    offsets((await transport.request({ type: 'end-offsets', topic, isolation })).message);
  return {
    endOffsets,
    createTopics: async (topics) => void (await transport.request({ type: 'create-topics', topics })),
    deleteTopics: async (topics) => void (await transport.request({ type: 'delete-topics', topics })),
    partitionCount: async (topic) => (await endOffsets(topic, 'read-uncommitted')).length,
    startOffsets: async (topic) => (await endOffsets(topic, 'read-uncommitted')).map(() => 0),
    committedOffsets: async (group, topic) => {
      const { message } = await transport.request({ type: 'committed-offsets', group, topic });
      return (message as LogReply & { type: 'committed' }).offsets.map((offset) => offset ?? undefined);
    },
  };
}
