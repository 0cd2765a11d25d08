import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedBroker, startEmbeddedBroker } from '../broker/index.ts';
import { runJavaTool } from '../java-tool.ts';
import type { KafkaClient, OutgoingRecord } from '../port/index.ts';
import { keyText, valueText } from '../port/index.ts';
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

/** Each lives for a moment: nothing is gained by compiling it well. */
const JVM = { heapMb: 128, jvmOptions: ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'] } as const;
const PRODUCER = { acks: -1, lingerMs: 0, maxInFlight: 5 } as const;

/** The lines that Kafka's own console consumer prints: partition, offset, headers, key and value, by tabs. */
async function readByJava(topic: string, records: number): Promise<string[]> {
  const printed = await runJavaTool({
    tool: 'org.apache.kafka.tools.consumer.ConsoleConsumer',
    ...JVM,
    args: [
      ...['--bootstrap-server', broker.connection.brokers[0] as string, '--topic', topic, '--from-beginning'],
      ...['--isolation-level', 'read_committed', '--max-messages', `${records}`, '--timeout-ms', '180000'],
      ...['partition', 'offset', 'headers', 'key', 'value', 'timestamp'].flatMap((part) => [
        '--formatter-property',
        `print.${part}=true`,
      ]),
      ...['--command-property', 'check.crcs=true'],
    ],
  });
  return printed.trimEnd().split('\n');
}

async function writeByJava(topic: string, codec: string, lines: readonly string[]): Promise<void> {
  await runJavaTool({
    tool: 'org.apache.kafka.tools.ConsoleProducer',
    ...JVM,
    args: [
      ...['--bootstrap-server', broker.connection.brokers[0] as string, '--topic', topic],
      ...['--compression-codec', codec, '--reader-property', 'parse.key=true'],
    ],
    input: `${lines.join('\n')}\n`,
  });
}

async function read(topic: string, records: number): Promise<string[]> {
  const reader = await client.createReader({ isolation: 'read-committed' });
  reader.assign([{ topic, partition: 0, offset: 0 }]);
  const seen: string[] = [];
  while (seen.length < records) {
    for (const { batches } of await reader.poll(10_000)) {
      for (const batch of batches) {
        for (let index = 0; index < batch.count; index++) {
          seen.push(`${keyText(batch, index)}\t${valueText(batch, index)}`);
        }
      }
    }
  }
  await reader.close();
  return seen;
}

describe('Kafka’s own Java client', () => {
  it('reads our records: UTF-8, nulls, headers, timestamps, several partitions', async () => {
    const topic = 'ours-to-java';
    await client.admin.createTopics([{ topic, partitions: 2 }]);
    const producer = await client.createProducer(PRODUCER);
    const records: OutgoingRecord[] = Array.from({ length: 2_000 }, (_, index) => ({
      topic,
      partition: index % 2,
      key: index % 5 === 0 ? null : `ключ-${index}`,
      value: index % 7 === 0 ? null : `${'é値𝄞'.repeat(index % 40)}-${index}`,
      timestampMs: 1_700_000_000_000 + ((index * 7919) % 100_000),
      ...(index % 11 === 0 ? { headers: [{ key: 'trace', value: `${index}` }] } : {}),
    }));
    for (const record of records) producer.append(record);
    await producer.flush();
    const expected = records.map(({ partition, key, value, headers, timestampMs }, index) =>
      [
        `CreateTime:${timestampMs}`,
        `Partition:${partition}`,
        `Offset:${Math.floor(index / 2)}`,
        headers === undefined ? 'NO_HEADERS' : `trace:${index}`,
        key ?? 'null',
        value ?? 'null',
      ].join('\t'),
    );
    expect((await readByJava(topic, records.length)).sort()).toEqual(expected.sort());
  });

  it('reads our committed transactions and none of the aborted', async () => {
    const topic = 'ours-in-transactions';
    await client.admin.createTopics([{ topic, partitions: 1 }]);
    const producer = await client.createTransactionalProducer({
      ...PRODUCER,
      transactionalId: 'java-round-trip',
      transactionTimeoutMs: 30_000,
    });
    const write = (name: string) => {
      for (let index = 0; index < 50; index++) {
        producer.append({ topic, partition: 0, key: null, value: `${name}-${index}` });
      }
    };
    for (const round of [0, 1, 2]) {
      write(`committed ${round}`);
      await producer.commit();
      write(`aborted ${round}`);
      await producer.flush();
      await producer.abort();
    }
    write('last');
    await producer.commit();
    const values = (await readByJava(topic, 200)).map((line) => line.split('\t')[5]);
    const written = ['committed 0', 'committed 1', 'committed 2', 'last'];
    expect(values).toEqual(
      written.flatMap((name) => Array.from({ length: 50 }, (_, index) => `${name}-${index}`)),
    );
  });

  it.concurrent.each(['none', 'gzip', 'zstd'])('writes with compression %s what we read', async (codec) => {
    const topic = `java-to-ours-${codec}`;
    await client.admin.createTopics([{ topic, partitions: 1 }]);
    const lines = Array.from({ length: 300 }, (_, index) => `k-${index}\tvalue 値 ${index}`);
    await writeByJava(topic, codec, lines);
    expect(await read(topic, lines.length)).toEqual(lines);
  });

  it.concurrent.each(['snappy', 'lz4'])('writes %s, which a reader refuses by name', async (codec) => {
    const topic = `java-to-ours-${codec}`;
    await client.admin.createTopics([{ topic, partitions: 1 }]);
    await writeByJava(topic, codec, ['k\tv']);
    await expect(read(topic, 1)).rejects.toMatchObject({
      code: 'KAFKA_COMPRESSION_UNSUPPORTED',
      details: { codec },
    });
  });
});

describe('the broker', () => {
  it('stamps the records of a topic with LogAppendTime', async () => {
    const topic = 'log-append-time';
    const config = { 'message.timestamp.type': 'LogAppendTime' };
    await client.admin.createTopics([{ topic, partitions: 1, config }]);
    const producer = await client.createProducer(PRODUCER);
    producer.append({ topic, partition: 0, key: null, value: 'x', timestampMs: 1_000 });
    await producer.flush();
    const reader = await client.createReader({ isolation: 'read-committed' });
    reader.assign([{ topic, partition: 0, offset: 0 }]);
    const [fetched] = await reader.poll(10_000);
    expect(fetched?.batches[0]?.timestampsMs[0]).toBeGreaterThan(1_700_000_000_000);
    await reader.close();
  });

  it('refuses a record that is too large; the producer says so from then on', async () => {
    const topic = 'too-large';
    await client.admin.createTopics([{ topic, partitions: 1 }]);
    const producer = await client.createProducer(PRODUCER);
    producer.append({ topic, partition: 0, key: null, value: 'x'.repeat(2_000_000) });
    await expect(producer.flush()).rejects.toMatchObject({
      code: 'KAFKA_REQUEST_FAILED',
      message: expect.stringContaining('MESSAGE_TOO_LARGE'),
    });
    expect(() => producer.append({ topic, partition: 0, key: null, value: 'y' })).toThrow(
      /MESSAGE_TOO_LARGE/,
    );
  });
});
