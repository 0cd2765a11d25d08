import { BatchWriter } from '../codec/index.ts';
import { kafkaErrors } from '../errors.ts';
import type { OutgoingRecord, Producer, ProducerOptions } from '../port/index.ts';
import type { ClusterConnection } from './cluster.ts';
import { errorOfCode } from './failure.ts';
import type { Connection } from './internals.ts';
import { Leader } from './leader.ts';
import { PartitionQueues } from './partition-queues.ts';
import { FlushWaiter, type PartitionQueue, type PendingBatch } from './pending-batch.ts';
import { type ProduceFailure, produce } from './produce.ts';
import type { TransactionScope } from './transaction-scope.ts';

const BATCH_BYTES = 256 * 1024;
/** One request, over all partitions of a leader. */
const REQUEST_BYTES = 4 * 1024 * 1024;
const ACKNOWLEDGE_WITHIN_MS = 30_000;
const KEPT_WRITERS = 64;

/**
 * Encodes records straight into a batch per partition and sends the batches over one connection per leader, several requests
 * in flight, in order. Nothing is sent again: the first failure stays.
 */
export class BatchingProducer implements Producer {
  onAcknowledged?: (records: number) => void;
  readonly #cluster: ClusterConnection;
  readonly #options: ProducerOptions;
  readonly #batchBytes: number;
  readonly #scope: TransactionScope | undefined;
  readonly #queues = new PartitionQueues();
  readonly #leaders = new Map<number, Leader>();
  /** Few, and in the order of their requests; not a Set, for the reason that ShortList tells. */
  readonly #inFlight: PendingBatch[] = [];
  readonly #writers: BatchWriter[] = [];
  #pendingBytes = 0;
  #failure: Error | undefined;
  #closed = false;
  /** Open batches may be sent: the linger is over or somebody flushes. */
  #isDue = false;
  #lingerTimer: NodeJS.Timeout | undefined;
  #isDrainScheduled = false;
  /** The transaction of the records that are appended now. */
  transaction = 0;

  constructor(cluster: ClusterConnection, options: ProducerOptions, scope?: TransactionScope) {
    this.#cluster = cluster;
    this.#options = options;
    this.#batchBytes = options.batchBytes ?? BATCH_BYTES;
    this.#scope = scope;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  append(record: OutgoingRecord): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw kafkaErrors.error('KAFKA_CLIENT_CLOSED', { part: 'producer' });
    const queue = this.#queues.find(record.topic, record.partition) ?? this.#addQueue(record);
    const { key, value } = record;
    const expected = (key?.length ?? 0) + (value?.length ?? 0);
    let batch = queue.open;
    if (batch !== undefined && batch.writer.bytes + expected > this.#batchBytes) {
      this.#seal(queue);
      batch = undefined;
    }
    if (batch === undefined) {
      batch = this.#newBatch(queue);
      queue.open = batch;
    }
    const before = batch.writer.bytes;
    batch.writer.append(key, value, record.timestampMs ?? Date.now(), record.headers);
    this.#pendingBytes += batch.writer.bytes - before;
    if (this.#options.lingerMs === 0) this.#isDue = true;
    else this.#lingerTimer ??= setTimeout(this.#onLingerOver, this.#options.lingerMs);
    if (this.#isDue) this.#scheduleDrain();
  }

  async flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const waiter = new FlushWaiter();
    let isWaiting = false;
    const waitFor = (batch: PendingBatch | undefined) => {
      if (batch === undefined) return;
      waiter.waitFor(batch);
      isWaiting = true;
    };
    for (const batch of this.#inFlight) waitFor(batch);
    for (const queue of this.#queues.all()) {
      queue.sealed.forEach(waitFor);
      waitFor(queue.open);
    }
    if (!isWaiting) return;
    this.#isDue = true;
    this.#drain();
    await waiter.promise;
  }

  /** Sends what is there, waits for the answers if nothing failed before, and closes the connections. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.flush();
    } catch {
      // The failure was for flush and append to tell; the connections are closed all the same.
    } finally {
      clearTimeout(this.#lingerTimer);
      await this.#cluster.close();
    }
  }

  /** Seals the open batches: what is appended from now on belongs to the transaction of that number. */
  startTransaction(transaction: number): void {
    for (const queue of this.#queues.all()) this.#seal(queue);
    this.transaction = transaction;
  }

  /** Sends what may be sent now. */
  resume(): void {
    this.#scheduleDrain();
  }

  /** Forgets the transaction's records that were not sent, then waits for the requests in flight, whatever becomes of them. */
  async discard(transaction: number): Promise<void> {
    const discarded = kafkaErrors.error('KAFKA_REQUEST_FAILED', {
      operation: 'writing records',
      reason: 'their transaction was aborted',
    });
    for (const queue of this.#queues.all()) {
      this.#seal(queue);
      const ofTransaction = queue.sealed.filter((batch) => batch.transaction <= transaction);
      queue.sealed.splice(0, ofTransaction.length);
      for (const batch of ofTransaction) this.#settle(batch, discarded);
    }
    while (this.#inFlight.length > 0) {
      const waiter = new FlushWaiter();
      for (const batch of this.#inFlight) waiter.waitFor(batch);
      await waiter.promise.catch(() => {});
    }
  }

  /** Keeps the error, if it is the first, for every later flush and append; what was not sent is dropped. */
  fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    const failure = this.#cluster.failure(error, {
      operation: 'writing records',
      transactionalId: this.#scope?.transactionalId ?? '',
    });
    this.#failure = failure;
    clearTimeout(this.#lingerTimer);
    for (const queue of this.#queues.all()) {
      this.#seal(queue);
      for (const batch of queue.sealed.splice(0)) this.#settle(batch, failure);
    }
  }

  #addQueue({ topic, partition }: OutgoingRecord): PartitionQueue {
    const queue = this.#queues.add(topic, partition);
    this.#findLeader(queue).catch(this.#onFailure);
    return queue;
  }

  async #findLeader(queue: PartitionQueue): Promise<void> {
    const nodeId = (await this.#cluster.leaders(queue.topic))[queue.partition];
    if (nodeId === undefined) {
      const topic = `${queue.topic} with a partition ${queue.partition}`;
      throw kafkaErrors.error('KAFKA_TOPIC_MISSING', { topic });
    }
    const leader = this.#leaders.get(nodeId) ?? new Leader(this.#cluster, nodeId);
    this.#leaders.set(nodeId, leader);
    leader.add(queue);
    this.#drain();
  }

  #newBatch(queue: PartitionQueue): PendingBatch {
    const writer = this.#writers.pop() ?? new BatchWriter();
    this.#pendingBytes += writer.bytes;
    return { partition: queue, writer, transaction: this.transaction, waiters: [] };
  }

  #seal(queue: PartitionQueue): void {
    if (queue.open === undefined) return;
    queue.sealed.push(queue.open);
    queue.open = undefined;
    this.#scheduleDrain();
  }

  readonly #onLingerOver = (): void => {
    this.#lingerTimer = undefined;
    this.#isDue = true;
    this.#drain();
  };

  readonly #onReady = (): void => this.#drain();
  readonly #onFailure = (error: unknown): void => this.fail(error);

  #scheduleDrain(): void {
    if (this.#isDrainScheduled) return;
    this.#isDrainScheduled = true;
    queueMicrotask(() => {
      this.#isDrainScheduled = false;
      this.#drain();
    });
  }

  #drain(): void {
    if (this.#failure !== undefined) return;
    for (const leader of this.#leaders.values()) {
      const connection = leader.connection(this.#onReady, this.#onFailure);
      while (connection !== undefined && leader.inFlight < this.#options.maxInFlight) {
        const batches = this.#take(leader);
        if (batches.length === 0) break;
        this.#send(leader, connection, batches);
      }
    }
    if (this.#isDue) this.#isDue = this.#queues.hasOpenBatch();
  }

  #take(leader: Leader): readonly PendingBatch[] {
    const { batches, toEnlist } = leader.take({
      maxBytes: REQUEST_BYTES,
      takeOpen: this.#isDue,
      transaction: this.#scope?.current,
    });
    if (this.#scope !== undefined && toEnlist.length > 0) this.#enlist(this.#scope, toEnlist);
    return batches;
  }

  #enlist(scope: TransactionScope, queues: readonly PartitionQueue[]): void {
    for (const queue of queues) queue.isEnlisting = true;
    const transaction = scope.current;
    scope
      .enlist(queues)
      .then(() => {
        for (const queue of queues) queue.enlistedIn = transaction;
      })
      .catch(this.#onFailure)
      .finally(() => {
        for (const queue of queues) queue.isEnlisting = false;
        this.#drain();
      });
  }

  #send(leader: Leader, connection: Connection, batches: readonly PendingBatch[]): void {
    const encoded = batches.map(({ partition: queue, writer }) => {
      const stamp = this.#scope?.stamp(queue.nextSequence);
      // Sequence numbers wrap around to 0 behind 2^31 - 1 (Kafka's DefaultRecordBatch.incrementSequence).
      queue.nextSequence = (queue.nextSequence + writer.count) % 2 ** 31;
      return { topic: queue.topic, partition: queue.partition, bytes: writer.finish(stamp) };
    });
    this.#inFlight.push(...batches);
    leader.inFlight++;
    const request = {
      transactionalId: this.#scope?.transactionalId ?? null,
      acks: this.#options.acks,
      timeoutMs: ACKNOWLEDGE_WITHIN_MS,
      batches: encoded,
    };
    produce(connection, request)
      .then((failures) => {
        const failed = failures[0];
        if (failed !== undefined) throw this.#failureOf(failed);
        for (const batch of batches) this.#settle(batch);
        this.onAcknowledged?.(batches.reduce((records, { writer }) => records + writer.count, 0));
      })
      .catch((error) => {
        this.fail(error);
        for (const batch of batches) if (this.#inFlight.includes(batch)) this.#settle(batch, this.#failure);
      })
      .finally(() => {
        leader.inFlight--;
        for (const { writer } of batches) this.#recycle(writer);
        this.#drain();
      });
  }

  #failureOf({ topic, partition, errorCode }: ProduceFailure): Error {
    return this.#cluster.failure(errorOfCode(errorCode), {
      operation: `writing to ${topic}-${partition}`,
      topic,
      transactionalId: this.#scope?.transactionalId ?? '',
    });
  }

  #settle(batch: PendingBatch, error?: Error): void {
    const at = this.#inFlight.indexOf(batch);
    if (at >= 0) this.#inFlight.splice(at, 1);
    this.#pendingBytes -= batch.writer.bytes;
    for (const waiter of batch.waiters) {
      if (error === undefined) waiter.acknowledged();
      else waiter.reject(error);
    }
  }

  #recycle(writer: BatchWriter): void {
    writer.reset();
    if (this.#writers.length < KEPT_WRITERS) this.#writers.push(writer);
  }
}
