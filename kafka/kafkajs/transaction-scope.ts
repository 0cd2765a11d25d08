import type { ProducerStamp } from '../codec/index.ts';
import type { PartitionQueue } from './pending-batch.ts';
import type { TransactionCoordinator } from './transaction-coordinator.ts';

/** What the batching producer asks of the transaction it works in, if any. */
export interface TransactionScope {
  readonly transactionalId: string;
  /** Batches of this transaction may be sent; those of later ones wait. */
  readonly current: number;
  /** The partitions may only be written to when this has resolved. */
  enlist(partitions: readonly PartitionQueue[]): Promise<void>;
  stamp(baseSequence: number): ProducerStamp;
}

/** The scope of a transactional producer: the partitions are made known to the coordinator before they are written to. */
export class CoordinatedScope implements TransactionScope {
  current = 0;
  /** The coordinator may know of the transaction. */
  isOpen = false;
  readonly #coordinator: TransactionCoordinator;
  #enlisting: Promise<void> = Promise.resolve();

  constructor(coordinator: TransactionCoordinator) {
    this.#coordinator = coordinator;
  }

  get transactionalId(): string {
    return this.#coordinator.transactionalId;
  }

  /** One request after the other: the coordinator refuses a second one beside the first. */
  enlist(queues: readonly PartitionQueue[]): Promise<void> {
    this.isOpen = true;
    const topics = [...Map.groupBy(queues, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
      topic,
      partitions: ofTopic.map(({ partition }) => partition),
    }));
    const enlisted = this.#enlisting.then(() => this.#coordinator.addPartitions(topics));
    this.#enlisting = enlisted.catch(() => {});
    return enlisted;
  }

  settled(): Promise<void> {
    return this.#enlisting;
  }

  next(transaction: number): void {
    this.current = transaction;
    this.isOpen = false;
  }

  stamp(baseSequence: number): ProducerStamp {
    const { producerId, producerEpoch } = this.#coordinator;
    return { producerId, producerEpoch, baseSequence, transactional: true };
  }
}
