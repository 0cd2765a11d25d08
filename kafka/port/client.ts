import type { RecordBatch } from './record-batch.ts';

/**
 * The narrow port through which the engines and the harness use Kafka. Two implementations pass one contract suite:
 * kafkajs with its record path replaced, and the embedded log. One client per thread; every part it made is closed by `close`.
 */
export interface KafkaClient {
  readonly admin: KafkaAdmin;
  createReader(options: ReaderOptions): Promise<PartitionReader>;
  createProducer(options: ProducerOptions): Promise<Producer>;
  createTransactionalProducer(options: TransactionalProducerOptions): Promise<TransactionalProducer>;
  close(): Promise<void>;
}

/** What a reader may see: everything, or only what is committed (records below the last stable offset, aborted ones left out). */
export type Isolation = 'read-uncommitted' | 'read-committed';

export interface TopicSpecification {
  readonly topic: string;
  readonly partitions: number;
  readonly config?: Readonly<Record<string, string>>;
}

export interface KafkaAdmin {
  /** Creates the topics and waits until every partition has a leader. Fails with KAFKA_TOPIC_EXISTS if one is there. */
  createTopics(topics: readonly TopicSpecification[]): Promise<void>;
  deleteTopics(topics: readonly string[]): Promise<void>;
  /** Number of partitions; fails with KAFKA_TOPIC_MISSING. */
  partitionCount(topic: string): Promise<number>;
  /** First readable offset of each partition. */
  startOffsets(topic: string): Promise<number[]>;
  /** End offset of each partition: the high watermark, or for `read-committed` the last stable offset. */
  endOffsets(topic: string, isolation: Isolation): Promise<number[]>;
  /** Committed position of each partition for the group, undefined where none was committed. */
  committedOffsets(group: string, topic: string): Promise<(CommittedOffset | undefined)[]>;
}

export interface CommittedOffset {
  readonly offset: number;
  readonly metadata: string;
}

export interface Position {
  readonly topic: string;
  readonly partition: number;
  /** Next offset to read. */
  readonly offset: number;
}

export interface ReaderOptions {
  readonly isolation: Isolation;
  /** Upper bound of one fetch over all partitions, bytes. */
  readonly maxBytes?: number;
  readonly maxBytesPerPartition?: number;
}

/** Reads assigned partitions from given offsets; no consumer group, so a restart waits for no session timeout. */
export interface PartitionReader {
  /** Replaces the assignment and the positions. */
  assign(positions: readonly Position[]): void;
  /** A paused partition is left out of fetches and keeps its position. */
  pause(topic: string, partition: number): void;
  resume(topic: string, partition: number): void;
  /**
   * Fetches once: resolves as soon as one byte is there, or with an empty list after `maxWaitMs`. Advances the positions.
   * Only one poll at a time. Fails with a KAFKA_* error; a position out of range is KAFKA_OFFSET_OUT_OF_RANGE.
   */
  poll(maxWaitMs: number): Promise<FetchedPartition[]>;
  /** Next offset to read, also past control and aborted records. */
  position(topic: string, partition: number): number;
  close(): Promise<void>;
}

export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  /** In offset order. Records below the asked position and aborted ones are already left out. */
  readonly batches: readonly RecordBatch[];
  /** Where the next fetch of this partition starts. */
  readonly nextOffset: number;
  readonly highWatermark: number;
}

/** A key or value: text is written as UTF-8. */
export type Bytes = string | Uint8Array;

export interface Header {
  readonly key: string;
  readonly value: Bytes | null;
}

export interface OutgoingRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: Bytes | null;
  readonly value: Bytes | null;
  readonly headers?: readonly Header[];
  /** Kafka's record timestamp, milliseconds since 1970. Default: the append's wall clock as read by the client. */
  readonly timestampMs?: number;
}

export interface ProducerOptions {
  /** -1: all in-sync replicas. */
  readonly acks: -1 | 1 | 0;
  /** How long a record may wait for company, milliseconds. 0 sends what is there as soon as a request may leave. */
  readonly lingerMs: number;
  /** Requests that may be unanswered at a time, over one connection, so in order. */
  readonly maxInFlight: number;
  /** Sent before this is reached whatever the linger, bytes per partition batch. */
  readonly batchBytes?: number;
}

/**
 * Buffers records by partition and sends them in the background, in order per partition. The first failure is kept: it rejects
 * every later `flush` and makes `append` throw, since an engine then restarts from its checkpoint rather than guess.
 */
export interface Producer {
  /** Copies key, value and headers before it returns. */
  append(record: OutgoingRecord): void;
  /** Bytes appended and not yet acknowledged: the caller's measure for back-pressure. */
  readonly pendingBytes: number;
  /** Resolves when everything appended before the call is acknowledged. */
  flush(): Promise<void>;
  /** Called with the number of records of each acknowledged request. */
  onAcknowledged?: (records: number) => void;
  close(): Promise<void>;
}

export interface TransactionalProducerOptions extends ProducerOptions {
  /** Starting a producer with the same id fences the one before and aborts what it left open. */
  readonly transactionalId: string;
  readonly transactionTimeoutMs: number;
}

/** Offsets that become visible with the transaction, for `KafkaAdmin.committedOffsets`. */
export interface TransactionOffsets {
  readonly group: string;
  readonly positions: readonly (Position & { readonly metadata: string })[];
}

/**
 * One transaction at a time. It opens at the first append after creation, commit or abort. A commit without appended records
 * and without offsets does nothing; with offsets alone it commits these.
 */
export interface TransactionalProducer extends Producer {
  commit(offsets?: TransactionOffsets): Promise<void>;
  abort(): Promise<void>;
}
