import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type {
  FetchedPartition,
  Isolation,
  KafkaClient,
  OutgoingRecord,
  PartitionReader,
  ProducerOptions,
  RecordBatch,
  TransactionalProducerOptions,
} from '../port/index.ts';
import { keyText, valueText } from '../port/index.ts';

export interface SeenRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly timestampMs: number;
}

export const PLAIN: ProducerOptions = { acks: -1, lingerMs: 0, maxInFlight: 5 };

/** A poll that is to find something may take this long before the case fails. */
const PATIENT_POLL_MS = 10_000;
const SETTLE_WITHIN_MS = 20_000;

export function transactional(transactionalId: string): TransactionalProducerOptions {
  return { ...PLAIN, transactionalId, transactionTimeoutMs: 60_000 };
}

/** A name that no other case, client or earlier run uses. */
export function freshName(kind: 'topic' | 'group' | 'producer'): string {
  return `contract-${kind}-${randomUUID()}`;
}

export async function freshTopic(client: KafkaClient, partitions = 1): Promise<string> {
  const topic = freshName('topic');
  await client.admin.createTopics([{ topic, partitions }]);
  return topic;
}

/** Records with the values, all to one partition and without keys. */
export function valuesTo(topic: string, values: readonly string[], partition = 0): OutgoingRecord[] {
  return values.map((value) => ({ topic, partition, key: null, value }));
}

export function appendAll(
  producer: { append(record: OutgoingRecord): void },
  records: readonly OutgoingRecord[],
): void {
  for (const record of records) producer.append(record);
}

export async function produce(client: KafkaClient, records: readonly OutgoingRecord[]): Promise<void> {
  const producer = await client.createProducer(PLAIN);
  appendAll(producer, records);
  await producer.flush();
  await producer.close();
}

/**
 * Waits until no transaction is open on the topic. Kafka answers a commit or abort when its outcome is certain, and lets readers
 * see it a moment later, when the markers are written to the partitions.
 */
export async function settled(client: KafkaClient, topic: string): Promise<void> {
  const ends = (isolation: Isolation) => client.admin.endOffsets(topic, isolation);
  await expect
    .poll(
      async () =>
        JSON.stringify(await ends('read-committed')) === JSON.stringify(await ends('read-uncommitted')),
      {
        timeout: SETTLE_WITHIN_MS,
        interval: 20,
      },
    )
    .toBe(true);
}

/** Everything that this isolation lets see now, from the offset on: read to the end offsets and not beyond. */
export async function readToEnd(
  client: KafkaClient,
  topic: string,
  isolation: Isolation,
  fromOffset = 0,
): Promise<SeenRecord[]> {
  const ends = await client.admin.endOffsets(topic, isolation);
  const reader = await client.createReader({ isolation });
  reader.assign(ends.map((_, partition) => ({ topic, partition, offset: fromOffset })));
  const seen = await readUntil(reader, () =>
    ends.every((end, partition) => reader.position(topic, partition) >= end),
  );
  await reader.close();
  return seen;
}

/** Polls until the condition holds, at most for as long as one test may take. */
export async function readUntil(
  reader: PartitionReader,
  isDone: (seen: readonly SeenRecord[]) => boolean,
): Promise<SeenRecord[]> {
  const seen: SeenRecord[] = [];
  while (!isDone(seen)) seen.push(...recordsOf(await reader.poll(PATIENT_POLL_MS)));
  return seen;
}

export function recordsOf(fetched: readonly FetchedPartition[]): SeenRecord[] {
  return fetched.flatMap(({ partition, batches }) =>
    batches.flatMap((batch) => recordsOfBatch(partition, batch)),
  );
}

export const values = (seen: readonly SeenRecord[]): (string | null)[] => seen.map(({ value }) => value);

export const valuesOf = async (
  client: KafkaClient,
  topic: string,
  isolation: Isolation,
): Promise<(string | null)[]> => values(await readToEnd(client, topic, isolation));

function recordsOfBatch(partition: number, batch: RecordBatch): SeenRecord[] {
  return Array.from({ length: batch.count }, (_, index) => ({
    partition,
    offset: batch.offsets[index] as number,
    key: keyText(batch, index),
    value: valueText(batch, index),
    timestampMs: batch.timestampsMs[index] as number,
  }));
}
