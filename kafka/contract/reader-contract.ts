import { expect, test } from 'vitest';
import type { KafkaClient } from '../port/index.ts';
import { freshTopic, PLAIN, produce, readUntil, recordsOf, values, valuesTo } from './contract-topics.ts';

/** Positions, pausing and waiting. */
export function readerCases(client: () => KafkaClient): void {
  test('a poll of an empty partition ends with nothing after its wait', async () => {
    const topic = await freshTopic(client());
    const reader = await client().createReader({ isolation: 'read-committed' });
    reader.assign([{ topic, partition: 0, offset: 0 }]);
    expect(recordsOf(await reader.poll(20))).toEqual([]);
    expect(reader.position(topic, 0)).toBe(0);
    await reader.close();
  });

  test('a waiting poll ends as soon as a record is there', async () => {
    const topic = await freshTopic(client());
    const [reader, producer] = await Promise.all([
      client().createReader({ isolation: 'read-uncommitted' }),
      client().createProducer(PLAIN),
    ]);
    reader.assign([{ topic, partition: 0, offset: 0 }]);
    // Longer than the time limit of a test: the case passes only if the record ends the wait.
    const polled = reader.poll(600_000);
    producer.append({ topic, partition: 0, key: null, value: 'news' });
    expect(values(recordsOf(await polled))).toEqual(['news']);
    await Promise.all([reader.close(), producer.close()]);
  });

  test('a paused partition is left out and goes on where it was', async () => {
    const topic = await freshTopic(client(), 2);
    await produce(client(), [...valuesTo(topic, ['a0', 'a1'], 0), ...valuesTo(topic, ['b0', 'b1'], 1)]);
    const reader = await client().createReader({ isolation: 'read-uncommitted' });
    reader.assign([
      { topic, partition: 0, offset: 0 },
      { topic, partition: 1, offset: 1 },
    ]);
    reader.pause(topic, 1);
    const first = await readUntil(reader, (records) => records.length >= 2);
    expect(values(first)).toEqual(['a0', 'a1']);
    expect(recordsOf(await reader.poll(20))).toEqual([]);
    expect(reader.position(topic, 1)).toBe(1);
    reader.resume(topic, 1);
    expect(values(await readUntil(reader, (records) => records.length >= 1))).toEqual(['b1']);
    expect(reader.position(topic, 1)).toBe(2);
    await reader.close();
  });

  test('an assignment replaces the one before with its positions', async () => {
    const topic = await freshTopic(client(), 2);
    await produce(client(), [...valuesTo(topic, ['a0', 'a1'], 0), ...valuesTo(topic, ['b0'], 1)]);
    const reader = await client().createReader({ isolation: 'read-uncommitted' });
    reader.assign([{ topic, partition: 0, offset: 0 }]);
    expect(values(await readUntil(reader, (records) => records.length >= 2))).toEqual(['a0', 'a1']);
    reader.assign([{ topic, partition: 1, offset: 0 }]);
    expect(values(await readUntil(reader, (records) => records.length >= 1))).toEqual(['b0']);
    reader.assign([{ topic, partition: 0, offset: 1 }]);
    expect(values(await readUntil(reader, (records) => records.length >= 1))).toEqual(['a1']);
    await reader.close();
  });

  test('names the end of the log and the next offset of what it fetched', async () => {
    const topic = await freshTopic(client());
    await produce(client(), valuesTo(topic, ['a', 'b', 'c']));
    const reader = await client().createReader({ isolation: 'read-committed' });
    reader.assign([{ topic, partition: 0, offset: 1 }]);
    const [fetched] = await reader.poll(10_000);
    expect(fetched).toMatchObject({ topic, partition: 0, nextOffset: 3, highWatermark: 3 });
    await reader.close();
  });
}
