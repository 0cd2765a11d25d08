import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedBroker, startEmbeddedBroker } from '../broker/index.ts';
import type { FetchedPartition, KafkaClient, PartitionReader } from '../port/index.ts';
import { valueText } from '../port/index.ts';
import { createKafkajsClient } from './index.ts';

let broker: EmbeddedBroker;
let client: KafkaClient;
beforeAll(async () => {
  broker = await startEmbeddedBroker();
  client = await createKafkajsClient(broker.connection);
});
afterAll(async () => {
  await client?.close();
  await broker?.stop();
});

function valuesByPartition(fetched: readonly FetchedPartition[], into: Map<number, string[]>): void {
  for (const { partition, batches } of fetched) {
    const values = into.get(partition) ?? [];
    into.set(partition, values);
    for (const batch of batches) {
      for (let index = 0; index < batch.count; index++) values.push(valueText(batch, index) ?? 'null');
    }
  }
}

async function readCommitted(reader: PartitionReader, records: number): Promise<Map<number, string[]>> {
  const seen = new Map<number, string[]>();
  for (let count = 0; count < records; ) {
    const fetched = await reader.poll(10_000);
    valuesByPartition(fetched, seen);
    count = [...seen.values()].reduce((sum, values) => sum + values.length, 0);
  }
  return seen;
}

it('keeps order and sequence numbers with many small batches in flight, over transactions', async () => {
  const [topic, partitions, perTransaction, transactions] = ['many-batches', 12, 6_000, 3];
  await client.admin.createTopics([{ topic, partitions }]);
  const producer = await client.createTransactionalProducer({
    ...{ acks: -1, lingerMs: 1, maxInFlight: 5, batchBytes: 1_000 },
    ...{ transactionalId: 'many-batches', transactionTimeoutMs: 60_000 },
  });
  let acknowledged = 0;
  producer.onAcknowledged = (records) => {
    acknowledged += records;
  };
  const expected = new Map<number, string[]>();
  for (let transaction = 0; transaction < transactions; transaction++) {
    for (let index = 0; index < perTransaction; index++) {
      const partition = (index * 7) % partitions;
      const value = `${transaction}-${index}`;
      producer.append({ topic, partition, key: null, value });
      expected.set(partition, expected.get(partition) ?? []);
      expected.get(partition)?.push(value);
    }
    await producer.commit();
  }
  expect({ acknowledged, pending: producer.pendingBytes }).toEqual({
    acknowledged: perTransaction * transactions,
    pending: 0,
  });
  const reader = await client.createReader({ isolation: 'read-committed', maxBytesPerPartition: 5_000 });
  reader.assign([...expected.keys()].map((partition) => ({ topic, partition, offset: 0 })));
  expect(await readCommitted(reader, perTransaction * transactions)).toEqual(expected);
  await Promise.all([producer.close(), reader.close()]);
});

it('loses and repeats nothing when partitions are paused while a fetch is ahead', async () => {
  const [topic, records] = ['paused-ahead', 20_000];
  await client.admin.createTopics([{ topic, partitions: 2 }]);
  const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 5, batchBytes: 2_000 });
  for (let index = 0; index < records; index++) {
    producer.append({ topic, partition: index % 2, key: null, value: `${index}` });
  }
  await producer.flush();
  const reader = await client.createReader({ isolation: 'read-committed', maxBytesPerPartition: 10_000 });
  reader.assign([0, 1].map((partition) => ({ topic, partition, offset: 0 })));
  const seen = new Map<number, string[]>();
  const isDone = () => [0, 1].every((partition) => reader.position(topic, partition) === records / 2);
  for (let turn = 0; !isDone(); turn++) {
    const paused = Math.floor(turn / 3) % 3;
    if (paused < 2) reader.pause(topic, paused);
    const before = [0, 1].map((partition) => reader.position(topic, partition));
    const fetched = await reader.poll(50);
    expect(fetched.map(({ partition }) => partition)).not.toContain(paused);
    for (const { partition, nextOffset, batches } of fetched) {
      expect(batches[0]?.offsets[0]).toBe(before[partition]);
      expect(reader.position(topic, partition)).toBe(nextOffset);
    }
    valuesByPartition(fetched, seen);
    if (paused < 2) reader.resume(topic, paused);
  }
  for (const partition of [0, 1]) {
    expect(seen.get(partition)).toEqual(
      Array.from({ length: records / 2 }, (_, index) => `${2 * index + partition}`),
    );
  }
  await Promise.all([producer.close(), reader.close()]);
});

it('splits what is too much for one request', async () => {
  const [topic, partitions] = ['many-partitions', 40];
  await client.admin.createTopics([{ topic, partitions }]);
  const producer = await client.createProducer({ acks: 1, lingerMs: 0, maxInFlight: 1, batchBytes: 500_000 });
  const value = 'x'.repeat(250_000);
  for (let index = 0; index < 2 * partitions; index++) {
    producer.append({ topic, partition: index % partitions, key: null, value });
  }
  await producer.flush();
  expect(await client.admin.endOffsets(topic, 'read-committed')).toEqual(new Array(partitions).fill(2));
  await producer.close();
});
