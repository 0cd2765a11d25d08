import { expect, test } from 'vitest';
import type { KafkaClient, OutgoingRecord } from '../port/index.ts';
import { freshTopic, produce, readToEnd, readUntil, valuesTo } from './contract-topics.ts';

const MANY = 5_000;

/** What goes in comes out: order, offsets, bytes, headers, timestamps. */
export function recordCases(client: () => KafkaClient): void {
  test('keeps the order and numbers the records of each partition from 0', async () => {
    const topic = await freshTopic(client(), 3);
    const records = Array.from(
      { length: MANY },
      (_, index): OutgoingRecord => ({
        topic,
        partition: index % 3,
        key: `key-${index}`,
        value: `value-${index}`,
      }),
    );
    await produce(client(), records);
    const seen = await readToEnd(client(), topic, 'read-uncommitted');
    expect(seen).toHaveLength(MANY);
    for (const partition of [0, 1, 2]) {
      const ofPartition = seen.filter((record) => record.partition === partition);
      expect(ofPartition.map(({ offset }) => offset)).toEqual(ofPartition.map((_, index) => index));
      expect(ofPartition.map(({ value }) => value)).toEqual(
        records.filter((record) => record.partition === partition).map(({ value }) => value),
      );
    }
  });

  test('starts at the asked offset, also inside a batch', async () => {
    const topic = await freshTopic(client());
    await produce(
      client(),
      valuesTo(
        topic,
        Array.from({ length: 100 }, (_, index) => `${index}`),
      ),
    );
    const seen = await readToEnd(client(), topic, 'read-committed', 42);
    expect(seen.map(({ offset, value }) => [offset, value])).toEqual(
      Array.from({ length: 58 }, (_, index) => [42 + index, `${42 + index}`]),
    );
  });

  test('copies what is appended at once: the caller may use its memory again', async () => {
    const topic = await freshTopic(client());
    const producer = await client().createProducer({ acks: -1, lingerMs: 5, maxInFlight: 1 });
    const memory = Buffer.alloc(2);
    for (const each of ['ab', 'cd', 'ef']) {
      memory.write(each);
      producer.append({ topic, partition: 0, key: memory.subarray(0, 1), value: memory });
    }
    await producer.close();
    const seen = await readToEnd(client(), topic, 'read-uncommitted');
    expect(seen.map(({ key, value }) => [key, value])).toEqual([
      ['a', 'ab'],
      ['c', 'cd'],
      ['e', 'ef'],
    ]);
  });

  test('tells null from empty and keeps UTF-8', async () => {
    const topic = await freshTopic(client());
    const pairs: [string | null, string | null][] = [
      [null, null],
      ['', ''],
      [null, 'value'],
      ['key', null],
      ['ключ', '値段 ¥100 – 𝄞 é'],
      ['x'.repeat(200), 'ü'.repeat(70_000)],
    ];
    await produce(
      client(),
      pairs.map(([key, value]) => ({ topic, partition: 0, key, value })),
    );
    const seen = await readToEnd(client(), topic, 'read-uncommitted');
    expect(seen.map(({ key, value }) => [key, value])).toEqual(pairs);
  });

  test('keeps bytes that are no text, headers, and given timestamps', async () => {
    const topic = await freshTopic(client());
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const headers = [
      { key: 'trace', value: 'ä' },
      { key: 'trace', value: bytes },
      { key: 'nothing', value: null },
    ];
    await produce(client(), [
      { topic, partition: 0, key: bytes, value: bytes, headers, timestampMs: 1_700_000_000_123 },
      { topic, partition: 0, key: null, value: 'earlier', timestampMs: 1_600_000_000_000 },
    ]);
    const reader = await client().createReader({ isolation: 'read-uncommitted' });
    reader.assign([{ topic, partition: 0, offset: 0 }]);
    const [batch] = (await reader.poll(10_000)).flatMap(({ batches }) => batches);
    if (batch === undefined) throw new Error('the poll found nothing');
    expect(batch.buffer.subarray(batch.keyStart[0], batch.keyEnd[0])).toEqual(Buffer.from(bytes));
    expect(batch.buffer.subarray(batch.valueStart[0], batch.valueEnd[0])).toEqual(Buffer.from(bytes));
    expect(batch.headers(0)).toEqual([
      { key: 'trace', value: Buffer.from('ä') },
      { key: 'trace', value: Buffer.from(bytes) },
      { key: 'nothing', value: null },
    ]);
    expect(batch.headers(1)).toEqual([]);
    expect(batch.timestampsMs[0]).toBe(1_700_000_000_123);
    expect(batch.timestampsMs[1]).toBe(1_600_000_000_000);
    await reader.close();
  });

  test('acknowledges every record once and has nothing pending after a flush', async () => {
    const topic = await freshTopic(client(), 2);
    const producer = await client().createProducer({
      acks: -1,
      lingerMs: 5,
      maxInFlight: 2,
      batchBytes: 2_000,
    });
    let acknowledged = 0;
    producer.onAcknowledged = (records) => {
      acknowledged += records;
    };
    for (let index = 0; index < 1_000; index += 1)
      producer.append({ topic, partition: index % 2, key: null, value: `value-${index}` });
    expect(producer.pendingBytes).toBeGreaterThan(0);
    await producer.flush();
    expect(producer.pendingBytes).toBe(0);
    expect(acknowledged).toBe(1_000);
    expect(await client().admin.endOffsets(topic, 'read-uncommitted')).toEqual([500, 500]);
    await producer.close();
  });

  test('small fetches lose and repeat nothing', async () => {
    const topic = await freshTopic(client(), 2);
    for (const round of [0, 1, 2, 3])
      await produce(client(), [
        ...valuesTo(topic, [`${round}-${'a'.repeat(800)}`], 0),
        ...valuesTo(topic, [`${round}-${'b'.repeat(800)}`], 1),
      ]);
    const reader = await client().createReader({
      isolation: 'read-uncommitted',
      maxBytes: 1_000,
      maxBytesPerPartition: 1_000,
    });
    reader.assign([
      { topic, partition: 0, offset: 0 },
      { topic, partition: 1, offset: 0 },
    ]);
    const seen = await readUntil(reader, (records) => records.length >= 8);
    for (const partition of [0, 1])
      expect(seen.filter((record) => record.partition === partition).map(({ offset }) => offset)).toEqual([
        0, 1, 2, 3,
      ]);
    await reader.close();
  });
}
