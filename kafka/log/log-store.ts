import { kafkaErrors } from '../errors.ts';
import type {
  CommittedOffset,
  Isolation,
  Position,
  TopicSpecification,
  TransactionOffsets,
} from '../port/index.ts';
import { PartitionLog } from './partition-log.ts';
import { type ProducerIdentity, ProducerRegistry } from './producer-registry.ts';

export interface FetchQuery {
  readonly positions: readonly Position[];
  readonly isolation: Isolation;
  readonly maxBytes: number;
  readonly maxBytesPerPartition: number;
}

export interface FetchedSlice {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: readonly Buffer[];
  readonly nextOffset: number;
  readonly highWatermark: number;
}

/**
 * The embedded log: topics in memory with Kafka's offsets, isolation, transactions and committed offsets. It has no retention, no
 * replication and no disk, so no figure taken on it says anything about Kafka. Every call is synchronous.
 */
export class LogStore {
  readonly #topics = new Map<string, PartitionLog[]>();
  readonly #committed = new Map<string, Map<string, (CommittedOffset | undefined)[]>>();
  readonly #producers = new ProducerRegistry(() => this.#wake());
  readonly #waiting = new Set<() => void>();

  createTopics(topics: readonly TopicSpecification[]): void {
    for (const { topic } of topics)
      if (this.#topics.has(topic)) throw kafkaErrors.error('KAFKA_TOPIC_EXISTS', { topic });
    for (const { topic, partitions } of topics)
      this.#topics.set(
        topic,
        Array.from({ length: partitions }, () => new PartitionLog()),
      );
  }

  deleteTopics(topics: readonly string[]): void {
    for (const topic of topics) this.#partitions(topic);
    for (const topic of topics) {
      this.#topics.delete(topic);
      for (const group of this.#committed.values()) group.delete(topic);
    }
  }

  /** End offset of each partition; the first readable offset is always 0. */
  endOffsets(topic: string, isolation: Isolation): number[] {
    return this.#partitions(topic).map((partition) => partition.endOffset(isolation));
  }

  committedOffsets(group: string, topic: string): (CommittedOffset | undefined)[] {
    const committed = this.#committed.get(group)?.get(topic) ?? [];
    return this.#partitions(topic).map((_, partition) => committed[partition]);
  }

  registerProducer(transactionalId: string, timeoutMs: number): ProducerIdentity {
    return this.#producers.register(transactionalId, timeoutMs);
  }

  /** Appends one batch of Kafka's format 2 and keeps its bytes. */
  append(topic: string, partition: number, bytes: Buffer, count: number, producer?: ProducerIdentity): void {
    const log = this.#partition(topic, partition);
    log.append(bytes, count, producer && this.#producers.write(producer, log));
    this.#wake();
  }

  endTransaction(
    producer: ProducerIdentity,
    outcome: 'committed' | 'aborted',
    offsets?: TransactionOffsets,
  ): void {
    for (const { topic, partition } of offsets?.positions ?? []) this.#partition(topic, partition);
    this.#producers.end(producer, outcome);
    if (outcome === 'committed' && offsets !== undefined) this.#commitOffsets(offsets);
  }

  /** What can be read now, of the partitions that have something; whole batches, at least one. */
  fetch({ positions, isolation, maxBytes, maxBytesPerPartition }: FetchQuery): FetchedSlice[] {
    const slices: FetchedSlice[] = [];
    let left = maxBytes;
    for (const { topic, partition, offset } of positions) {
      const log = this.#partition(topic, partition);
      const highWatermark = log.endOffset('read-uncommitted');
      if (offset < 0 || offset > highWatermark)
        throw kafkaErrors.error('KAFKA_OFFSET_OUT_OF_RANGE', { topic, partition, offset });
      if (left <= 0) continue;
      const { bytes, nextOffset } = log.read(offset, isolation, Math.min(left, maxBytesPerPartition));
      if (nextOffset === offset) continue;
      slices.push({ topic, partition, bytes, nextOffset, highWatermark });
      for (const batch of bytes) left -= batch.length;
    }
    return slices;
  }

  /** Resolves at the next append or end of a transaction, after `timeoutMs`, or at the signal. */
  changed(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /** Stops the timeouts of open transactions. */
  close(): void {
    this.#producers.close();
  }

  #commitOffsets({ group, positions }: TransactionOffsets): void {
    const topics = getOrPut(this.#committed, group, () => new Map());
    for (const { topic, partition, offset, metadata } of positions)
      getOrPut(topics, topic, () => [])[partition] = { offset, metadata };
  }

  #partitions(topic: string): PartitionLog[] {
    const partitions = this.#topics.get(topic);
    if (partitions === undefined) throw kafkaErrors.error('KAFKA_TOPIC_MISSING', { topic });
    return partitions;
  }

  #partition(topic: string, partition: number): PartitionLog {
    const log = this.#partitions(topic)[partition];
    if (log === undefined)
      throw kafkaErrors.error('KAFKA_TOPIC_MISSING', { topic: `${topic}, partition ${partition},` });
    return log;
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

function getOrPut<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
