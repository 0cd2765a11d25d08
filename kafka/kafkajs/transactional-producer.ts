import type {
  OutgoingRecord,
  TransactionalProducer,
  TransactionalProducerOptions,
  TransactionOffsets,
} from '../port/index.ts';
import type { ClusterConnection } from './cluster.ts';
import { BatchingProducer } from './producer.ts';
import { TransactionCoordinator } from './transaction-coordinator.ts';
import { CoordinatedScope } from './transaction-scope.ts';

/** An idempotent producer may have no more requests unanswered: the broker remembers five batches of each partition. */
const MAX_IN_FLIGHT = 5;

/**
 * A batching producer whose batches carry producer id, epoch and sequence numbers. Records appended while a commit is under
 * way belong to the next transaction and wait in the buffer until the commit is done.
 */
export class KafkajsTransactionalProducer implements TransactionalProducer {
  readonly #coordinator: TransactionCoordinator;
  readonly #scope: CoordinatedScope;
  readonly #producer: BatchingProducer;
  #isEnding = false;
  #isClosed = false;

  private constructor(
    cluster: ClusterConnection,
    coordinator: TransactionCoordinator,
    options: TransactionalProducerOptions,
  ) {
    this.#coordinator = coordinator;
    this.#scope = new CoordinatedScope(coordinator);
    const maxInFlight = Math.min(options.maxInFlight, MAX_IN_FLIGHT);
    this.#producer = new BatchingProducer(cluster, { ...options, acks: -1, maxInFlight }, this.#scope);
  }

  /** Fences the producer before with the same id and waits until its open transaction is aborted. */
  static async start(
    cluster: ClusterConnection,
    options: TransactionalProducerOptions,
  ): Promise<KafkajsTransactionalProducer> {
    const { transactionalId, transactionTimeoutMs } = options;
    const coordinator = await TransactionCoordinator.start(cluster, transactionalId, transactionTimeoutMs);
    return new KafkajsTransactionalProducer(cluster, coordinator, options);
  }

  set onAcknowledged(listener: (records: number) => void) {
    this.#producer.onAcknowledged = listener;
  }

  get pendingBytes(): number {
    return this.#producer.pendingBytes;
  }

  append(record: OutgoingRecord): void {
    this.#producer.append(record);
  }

  flush(): Promise<void> {
    return this.#producer.flush();
  }

  async commit(offsets?: TransactionOffsets): Promise<void> {
    await this.#end(async (transaction) => {
      const flushed = this.#producer.flush();
      this.#producer.startTransaction(transaction + 1);
      try {
        const hasOffsets = offsets !== undefined && offsets.positions.length > 0;
        await Promise.all([flushed, hasOffsets ? this.#coordinator.addOffsets(offsets) : undefined]);
        if (this.#scope.isOpen || hasOffsets) await this.#coordinator.end('commit');
      } catch (error) {
        this.#producer.fail(error);
        throw error;
      }
    });
  }

  async abort(): Promise<void> {
    await this.#end(async (transaction) => {
      await this.#producer.discard(transaction);
      this.#producer.startTransaction(transaction + 1);
      await this.#scope.settled();
      if (this.#scope.isOpen) await this.#coordinator.end('abort');
    });
  }

  /** Aborts what is open, as a fenced or dying producer may find impossible: then the next with the same id does. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#isEnding) await this.abort().catch(() => {});
    await this.#producer.close();
  }

  async #end(work: (transaction: number) => Promise<void>): Promise<void> {
    if (this.#isEnding) throw new Error('commit or abort was called while another one is under way');
    this.#isEnding = true;
    try {
      await work(this.#producer.transaction);
      this.#scope.next(this.#producer.transaction);
      this.#producer.resume();
    } finally {
      this.#isEnding = false;
    }
  }
}
