import type { TransactionOffsets } from '../port/index.ts';
import type { ClusterConnection } from './cluster.ts';
import { protocolType } from './failure.ts';
import type { Broker, TopicPartitions } from './internals.ts';

/** The transaction before is being ended: it takes the coordinator some milliseconds after it answered. */
const STILL_ENDING = 'CONCURRENT_TRANSACTIONS';

/** The requests to the coordinators of one transactional id, each tried again while a coordinator moves or is still ending. */
export class TransactionCoordinator {
  readonly transactionalId: string;
  readonly #cluster: ClusterConnection;
  readonly #brokers = new Map<string, Broker>();
  #producerId = '-1';
  #producerEpoch = -1;

  private constructor(cluster: ClusterConnection, transactionalId: string) {
    this.#cluster = cluster;
    this.transactionalId = transactionalId;
  }

  /** Asks for a producer id: fences the producer before and waits until what it left open is aborted. */
  static async start(
    cluster: ClusterConnection,
    transactionalId: string,
    transactionTimeoutMs: number,
  ): Promise<TransactionCoordinator> {
    const coordinator = new TransactionCoordinator(cluster, transactionalId);
    const { producerId, producerEpoch } = await coordinator.#ask('starting the producer', (broker) =>
      broker.initProducerId({ transactionalId, transactionTimeout: transactionTimeoutMs }),
    );
    coordinator.#producerId = producerId;
    coordinator.#producerEpoch = producerEpoch;
    return coordinator;
  }

  get producerId(): number {
    return Number(this.#producerId);
  }

  get producerEpoch(): number {
    return this.#producerEpoch;
  }

  addPartitions(topics: readonly TopicPartitions[]): Promise<void> {
    return this.#ask('adding partitions to the transaction', (broker) =>
      broker.addPartitionsToTxn({ ...this.#identity(), topics }),
    );
  }

  /** Makes the offsets, with their metadata, part of the transaction. */
  async addOffsets({ group, positions }: TransactionOffsets): Promise<void> {
    await this.#ask('adding offsets to the transaction', (broker) =>
      broker.addOffsetsToTxn({ ...this.#identity(), groupId: group }),
    );
    const topics = [...Map.groupBy(positions, ({ topic }) => topic)].map(([topic, partitions]) => ({
      topic,
      partitions: partitions.map(({ partition, offset, metadata }) => ({ partition, offset, metadata })),
    }));
    await this.#ask(
      'writing offsets in the transaction',
      (broker) => broker.txnOffsetCommit({ ...this.#identity(), groupId: group, topics }),
      group,
    );
  }

  end(result: 'commit' | 'abort'): Promise<void> {
    return this.#ask(`ending the transaction (${result})`, (broker) =>
      broker.endTxn({ ...this.#identity(), transactionResult: result === 'commit' }),
    );
  }

  #identity() {
    const { transactionalId } = this;
    return { transactionalId, producerId: this.#producerId, producerEpoch: this.#producerEpoch };
  }

  /** Asks the coordinator of the group, or of the transactional id. It is remembered, which saves two requests a transaction. */
  #ask<Result>(
    operation: string,
    request: (broker: Broker) => Promise<Result>,
    group?: string,
  ): Promise<Result> {
    const kind = group === undefined ? 'transaction' : 'group';
    const id = group ?? this.transactionalId;
    const key = `${kind}/${id}`;
    const { transactionalId } = this;
    return this.#cluster.retry({ operation, transactionalId, alsoOn: [STILL_ENDING] }, async () => {
      const broker = this.#brokers.get(key) ?? (await this.#cluster.coordinator(kind, id));
      this.#brokers.set(key, broker);
      try {
        return await request(broker);
      } catch (error) {
        if (protocolType(error) !== STILL_ENDING) this.#brokers.delete(key);
        throw error;
      }
    });
  }
}
