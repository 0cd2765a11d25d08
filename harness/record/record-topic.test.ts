import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  connect,
  type EmbeddedLog,
  type KafkaClient,
  type OutgoingRecord,
  startEmbeddedLog,
} from '../../kafka/index.ts';
import { parseLog, type RecordedLog, serializeLog } from '../../workloads/index.ts';
import { type RecordTask, recordTopic, unrepeatableSecret } from './index.ts';

const TOPIC = 'orders';
let embedded: EmbeddedLog;
let client: KafkaClient;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-record-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  embedded = await startEmbeddedLog();
  client = await connect(embedded.connection);
  await client.admin.createTopics([{ topic: TOPIC, partitions: 2 }]);
});
afterEach(async () => {
  await client.close();
  await embedded.stop();
});

type Given = Omit<OutgoingRecord, 'topic'>;

const order = (partition: number, key: string, timestampMs: number, more: object = {}): Given => ({
  partition,
  key,
  value: JSON.stringify({ customer: { id: key }, timestampMs, ...more }),
  timestampMs,
});

async function produce(records: readonly Given[]): Promise<void> {
  const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
  for (const record of records) producer.append({ topic: TOPIC, ...record });
  await producer.flush();
  await producer.close();
}

async function record(options: Partial<RecordTask> = {}) {
  return await recordTopic({
    client,
    topic: TOPIC,
    from: 'beginning',
    maxRecords: 1_000,
    nowMs: () => performance.now(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...options,
  });
}

function rowsOf(log: RecordedLog) {
  return Array.from({ length: log.count }, (_, sequence) => ({
    partition: log.partitionOf[sequence],
    key: log.keys[log.keyOf[sequence] as number],
    value: Buffer.from(
      log.values.subarray(log.valueStart[sequence], log.valueStart[sequence + 1]),
    ).toString(),
    dueMs: (log.dueUs?.[sequence] as number) / 1_000,
  }));
}

describe('recordTopic', () => {
  test('merges partitions by timestamp, and keeps the order of a partition whose timestamps step back', async () => {
    await produce([
      order(0, 'a', 5_000),
      order(0, 'b', 5_040),
      order(0, 'c', 5_010),
      order(0, 'd', 5_100),
      order(1, 'e', 4_990),
      order(1, 'f', 5_040),
      order(1, 'g', 5_050),
    ]);
    const { log } = await record();
    expect(rowsOf(log).map(({ key, dueMs }) => `${key}@${dueMs}`)).toEqual([
      'e@0',
      'a@10',
      'b@50',
      'c@50',
      'f@50',
      'g@60',
      'd@110',
    ]);
    expect(log.specification).toMatchObject({ workload: 'topic:orders', partitions: 2, events: 7, keys: 7 });
  });

  test('takes the first records of all partitions together', async () => {
    await produce([
      ...Array.from({ length: 50 }, (_, index) => order(0, 'late', 2_000 + index)),
      ...Array.from({ length: 50 }, (_, index) => order(1, 'early', 1_000 + index)),
    ]);
    const { log } = await record({ maxRecords: 60 });
    expect(rowsOf(log).filter(({ key }) => key === 'early')).toHaveLength(50);
    expect(log.count).toBe(60);
  });

  test('keeps values of any bytes, and the file gives all back', async () => {
    const value = Buffer.from([0x7b, 0x0a, 0x09, 0xff, 0x00]);
    await produce([
      { ...order(1, 'tab\tkey\n', 1), value },
      { ...order(0, 'x', 2), key: null },
    ]);
    const { log, counts } = await record();
    expect(counts).toEqual({ withoutKey: 1, withoutValue: 0, notHidden: 0 });
    const path = join(folder, 'bytes.log');
    await serializeLog(log, path);
    expect(parseLog(path)).toEqual(log);
    expect(Buffer.from(log.values.subarray(0, value.length))).toEqual(value);
    expect(log.dueUs?.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test('leaves out tombstones and counts them', async () => {
    await produce([order(0, 'a', 1), { ...order(0, 'b', 2), value: null }]);
    const { log, counts } = await record();
    expect(log.count).toBe(1);
    expect(counts.withoutValue).toBe(1);
  });

  test('hides keys and fields under the same pseudonym, and keeps what else is there', async () => {
    await produce([
      order(0, 'alice', 1, { amount: 5 }),
      order(0, 'alice', 2, { amount: 6 }),
      order(1, 'bob', 3),
      { ...order(1, 'bob', 4), value: 'no JSON of bob' },
    ]);
    const anonymisation = { keys: true, fields: ['customer.id', 'nothing'], secret: unrepeatableSecret() };
    const { log, counts } = await record({ anonymisation });
    const rows = rowsOf(log);
    const events = rows.map(
      ({ value }) => JSON.parse(value) as { customer: { id: string }; amount?: number },
    );
    expect(Buffer.from(log.values).toString()).not.toMatch(/alice|bob/);
    expect(events.map(({ customer }) => customer.id)).toEqual(rows.map(({ key }) => key));
    expect(events.map(({ amount }) => amount)).toEqual([5, 6, undefined]);
    expect(rows.map(({ partition }) => partition)).toEqual([0, 0, 1]);
    expect(new Set(log.keys).size).toBe(2);
    expect(counts.notHidden).toBe(1);
    const again = await record({ anonymisation });
    expect(again.log.sha256).toBe(log.sha256);
    const other = await record({ anonymisation: { ...anonymisation, secret: unrepeatableSecret() } });
    expect(other.log.sha256).not.toBe(log.sha256);
  });

  test('a key that is no text is refused, and recorded as a pseudonym', async () => {
    await produce([{ ...order(0, '', 1), key: Buffer.from([0xff, 0xfe]) }]);
    await expect(record()).rejects.toMatchObject({ code: 'RECORD_KEY_NO_TEXT' });
    const { log } = await record({ anonymisation: { keys: true, fields: [], secret: unrepeatableSecret() } });
    expect(log.count).toBe(1);
  });

  test('from the end takes what comes, until it is interrupted', async () => {
    await produce([order(0, 'before', 1)]);
    const controller = new AbortController();
    const recording = record({
      from: 'end',
      signal: controller.signal,
      onProgress: (records) => {
        if (records >= 2) controller.abort();
      },
    });
    // The recording finds the end at some moment from now on; what comes later is in it.
    while (!controller.signal.aborted) await produce([order(0, 'after', 2)]);
    const { log } = await recording;
    expect(log.keys).toEqual(['after']);
    expect(log.count).toBeGreaterThanOrEqual(2);
  });

  test('refuses a topic that is not there, and one with nothing in it', async () => {
    await expect(record()).rejects.toMatchObject({ code: 'RECORD_NOTHING' });
    await expect(record({ topic: 'nowhere' })).rejects.toMatchObject({ code: 'KAFKA_TOPIC_MISSING' });
  });
});
