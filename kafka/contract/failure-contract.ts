import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { KafkaClient } from '../port/index.ts';
import { freshName, freshTopic, PLAIN, produce, valuesTo } from './contract-topics.ts';

/** Topics by name, and what goes wrong. */
export function failureCases(client: () => KafkaClient): void {
  test('a new topic has its partitions, empty', async () => {
    const topic = await freshTopic(client(), 3);
    expect(await client().admin.partitionCount(topic)).toBe(3);
    expect(await client().admin.startOffsets(topic)).toEqual([0, 0, 0]);
    expect(await client().admin.endOffsets(topic, 'read-uncommitted')).toEqual([0, 0, 0]);
  });

  test('questions about several topics at a time do not mix their answers', async () => {
    const counts = [1, 2, 3, 4];
    const topics = await Promise.all(counts.map((partitions) => freshTopic(client(), partitions)));
    for (let round = 0; round < 20; round += 1) {
      const asked = topics.map((topic) => client().admin.partitionCount(topic));
      expect(await Promise.all(asked)).toEqual(counts);
    }
  });

  test('creating a topic twice fails with KAFKA_TOPIC_EXISTS', async () => {
    const topic = await freshTopic(client());
    await expect(client().admin.createTopics([{ topic, partitions: 1 }])).rejects.toMatchObject({
      code: 'KAFKA_TOPIC_EXISTS',
    });
  });

  test('a topic that is not there fails with KAFKA_TOPIC_MISSING', async () => {
    const topic = freshName('topic');
    const { admin } = client();
    const missing = { code: 'KAFKA_TOPIC_MISSING' };
    await expect(admin.partitionCount(topic)).rejects.toMatchObject(missing);
    await expect(admin.endOffsets(topic, 'read-committed')).rejects.toMatchObject(missing);
    await expect(admin.deleteTopics([topic])).rejects.toMatchObject(missing);
  });

  test('a deleted topic is gone', async () => {
    const topic = await freshTopic(client());
    await client().admin.deleteTopics([topic]);
    // Brokers learn of it a moment later.
    await expect
      .poll(
        () =>
          client()
            .admin.partitionCount(topic)
            .catch((failure) => failure.code),
        { timeout: 10_000 },
      )
      .toBe('KAFKA_TOPIC_MISSING');
  });

  test('a position beyond the end fails with KAFKA_OFFSET_OUT_OF_RANGE', async () => {
    const topic = await freshTopic(client());
    await produce(client(), valuesTo(topic, ['a']));
    const reader = await client().createReader({ isolation: 'read-uncommitted' });
    reader.assign([{ topic, partition: 0, offset: 5 }]);
    await expect(reader.poll(1_000)).rejects.toMatchObject({ code: 'KAFKA_OFFSET_OUT_OF_RANGE' });
    await reader.close();
  });

  test('a producer keeps its first failure', async () => {
    const producer = await client().createProducer(PLAIN);
    const missing = { code: 'KAFKA_TOPIC_MISSING' };
    const record = { topic: freshName('topic'), partition: 0, key: null, value: 'x' };
    producer.append(record);
    await expect(producer.flush()).rejects.toMatchObject(missing);
    await expect(producer.flush()).rejects.toMatchObject(missing);
    expect(() => producer.append(record)).toThrow(expect.objectContaining(missing));
    await producer.close();
  });

  test('closed parts refuse work with KAFKA_CLIENT_CLOSED', async () => {
    const topic = await freshTopic(client());
    const closed = { code: 'KAFKA_CLIENT_CLOSED' };
    const reader = await client().createReader({ isolation: 'read-uncommitted' });
    reader.assign([{ topic, partition: 0, offset: 0 }]);
    await reader.close();
    await expect(reader.poll(10)).rejects.toMatchObject(closed);
    const producer = await client().createProducer(PLAIN);
    await producer.close();
    expect(() => producer.append({ topic, partition: 0, key: null, value: 'x' })).toThrow(
      expect.objectContaining(closed),
    );
  });

  // A first poll looks for leaders and connects before it waits: it may be closed at any of these.
  test('closing a reader ends its waiting poll with KAFKA_CLIENT_CLOSED', async () => {
    const topic = await freshTopic(client());
    for (let waitMs = 0; waitMs < 20; waitMs++) {
      const reader = await client().createReader({ isolation: 'read-uncommitted' });
      reader.assign([{ topic, partition: 0, offset: 0 }]);
      const polled = reader.poll(600_000);
      const outcome = expect(polled).rejects.toMatchObject({ code: 'KAFKA_CLIENT_CLOSED' });
      if (waitMs > 0) await delay(waitMs);
      await reader.close();
      await outcome;
    }
  });
}
