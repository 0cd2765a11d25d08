import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createInProcessClient,
  type EmbeddedLog,
  type KafkaClient,
  startEmbeddedLog,
  valueText,
} from '../../../kafka/index.ts';
import type { BatchOutput, BatchSink } from '../execution/index.ts';
import { openDirectSink } from './direct-sink.ts';
import { openTransactionalSink } from './transactional-sink.ts';

const TOPICS = {
  results: { topic: 'out', partitions: 1 },
  late: { topic: 'late', partitions: 1 },
  deadLetters: [{ topic: 'dead', partitions: 1 }],
};
const PRODUCER = { acks: -1, lingerMs: 0, maxInFlight: 5 } as const;

let log: EmbeddedLog;
let client: KafkaClient;
beforeEach(async () => {
  log = await startEmbeddedLog();
  client = createInProcessClient(log.store);
  await client.admin.createTopics(['in', 'out', 'late', 'dead'].map((topic) => ({ topic, partitions: 1 })));
});
afterEach(async () => {
  await client.close();
  await log.stop();
});

/** What a process opens after the one before was killed: the old sink is left as it is. */
const open = (): Promise<BatchSink> =>
  openTransactionalSink({
    client,
    topics: TOPICS,
    inputTopics: ['in'],
    group: 'job',
    transactionTimeoutMs: 60_000,
    ...PRODUCER,
  });

const batch = (batchId: number, ...values: string[]): BatchOutput => ({
  batchId,
  end: [[10 * (batchId + 1)]],
  rows: values.map((value) => ({ key: value, row: { value } })),
  lateRows: [{ key: null, row: { late: batchId } }],
  deadLetters: [[{ key: null, value: Buffer.from(`broken in ${batchId}`) }]],
});

async function committed(topic: string): Promise<(string | null)[]> {
  const reader = await client.createReader({ isolation: 'read-committed' });
  reader.assign([{ topic, partition: 0, offset: 0 }]);
  const [end] = await client.admin.endOffsets(topic, 'read-committed');
  const values: (string | null)[] = [];
  while (reader.position(topic, 0) < (end as number)) {
    for (const { batches } of await reader.poll(10)) {
      for (const found of batches) {
        for (let index = 0; index < found.count; index++) values.push(valueText(found, index));
      }
    }
  }
  await reader.close();
  return values;
}

test('a batch that was committed before the crash is not put out again; the next one is', async () => {
  const before = await open();
  await before.addBatch(batch(0, 'a'));
  await before.addBatch(batch(1, 'b'));
  const after = await open();
  await after.addBatch(batch(1, 'b'));
  await after.addBatch(batch(2, 'c'));
  expect(await committed('out')).toEqual(['{"value":"a"}', '{"value":"b"}', '{"value":"c"}']);
  expect(await committed('late')).toEqual(['{"late":0}', '{"late":1}', '{"late":2}']);
  expect(await committed('dead')).toEqual(['broken in 0', 'broken in 1', 'broken in 2']);
  expect(await client.admin.committedOffsets('job', 'in')).toEqual([{ offset: 30, metadata: '2' }]);
});

test('what a crash left uncommitted is never seen, and the batch is put out by the next process', async () => {
  await (await open()).addBatch(batch(0, 'a'));
  const unfinished = await client.createTransactionalProducer({
    transactionalId: 'job',
    transactionTimeoutMs: 60_000,
    ...PRODUCER,
  });
  unfinished.append({ topic: 'out', partition: 0, key: 'b', value: '{"value":"b"}' });
  await unfinished.flush();
  await (await open()).addBatch(batch(1, 'b'));
  expect(await committed('out')).toEqual(['{"value":"a"}', '{"value":"b"}']);
});

test('a process that was replaced can commit nothing more', async () => {
  const replaced = await open();
  await replaced.addBatch(batch(0, 'a'));
  await open();
  await expect(replaced.addBatch(batch(1, 'stale'))).rejects.toMatchObject({
    code: expect.stringMatching(/^KAFKA_/),
  });
  expect(await committed('out')).toEqual(['{"value":"a"}']);
});

test('a batch without outputs still moves the offsets', async () => {
  const sink = await open();
  await sink.addBatch({ batchId: 0, end: [[7]], rows: [], deadLetters: [] });
  expect(await client.admin.committedOffsets('job', 'in')).toEqual([{ offset: 7, metadata: '0' }]);
});

test('at-least-once repeats a batch that is run again', async () => {
  const sink = await openDirectSink(client, TOPICS, PRODUCER);
  await sink.addBatch(batch(0, 'a'));
  await sink.addBatch(batch(0, 'a'));
  expect(await committed('out')).toEqual(['{"value":"a"}', '{"value":"a"}']);
});
