import { expect, it } from 'vitest';
import { startEmbeddedBroker } from '../broker/index.ts';
import { createKafkajsClient } from './index.ts';

it('a broker that is gone fails every part with KAFKA_UNREACHABLE, and a new client too', async () => {
  const broker = await startEmbeddedBroker();
  const unreachable = { code: 'KAFKA_UNREACHABLE', exit: 'usage' };
  try {
    const client = await createKafkajsClient(broker.connection);
    const topic = 'lost';
    await client.admin.createTopics([{ topic, partitions: 1 }]);
    const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
    const reader = await client.createReader({ isolation: 'read-committed' });
    reader.assign([{ topic, partition: 0, offset: 0 }]);
    producer.append({ topic, partition: 0, key: null, value: 'x' });
    await producer.flush();
    await reader.poll(10_000);
    const polled = expect(reader.poll(600_000)).rejects.toMatchObject(unreachable);
    await broker.stop();
    producer.append({ topic, partition: 0, key: null, value: 'y' });
    // Each gives up after its own time.
    await Promise.all([
      polled,
      expect(producer.flush()).rejects.toMatchObject(unreachable),
      expect(createKafkajsClient(broker.connection)).rejects.toMatchObject(unreachable),
    ]);
    await client.close();
  } finally {
    await broker.stop();
  }
});
