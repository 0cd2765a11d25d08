import { kafkaErrors } from '../errors.ts';
import type { LogTransaction, PartitionLog } from './partition-log.ts';

/** Names a producer: of two with the same id only the one with the higher epoch may write. */
export interface ProducerIdentity {
  readonly transactionalId: string;
  readonly epoch: number;
}

interface RegisteredProducer {
  epoch: number;
  readonly timeoutMs: number;
  open: OpenTransaction | undefined;
}

interface OpenTransaction {
  readonly transaction: LogTransaction;
  readonly partitions: Set<PartitionLog>;
  readonly timeout: NodeJS.Timeout;
}

/** Transactional ids, their epochs and open transactions: what Kafka's transaction coordinator keeps. */
export class ProducerRegistry {
  readonly #producers = new Map<string, RegisteredProducer>();
  readonly #onEnd: () => void;

  /** `onEnd` is called after each end of a transaction, since readers may then see more. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Registers a new producer of the id: fences the one before and aborts what it left open. */
  register(transactionalId: string, timeoutMs: number): ProducerIdentity {
    const before = this.#producers.get(transactionalId);
    if (before !== undefined) this.#end(before, 'aborted');
    const epoch = (before?.epoch ?? -1) + 1;
    this.#producers.set(transactionalId, { epoch, timeoutMs, open: undefined });
    return { transactionalId, epoch };
  }

  /** The open transaction of the producer, opened if there is none, with the partition added to it. */
  write(identity: ProducerIdentity, partition: PartitionLog): LogTransaction {
    const producer = this.#current(identity);
    producer.open ??= {
      transaction: { state: 'open' },
      partitions: new Set(),
      timeout: setTimeout(() => this.#expire(producer), producer.timeoutMs).unref(),
    };
    producer.open.partitions.add(partition);
    return producer.open.transaction;
  }

  /** Ends the open transaction, if there is one. */
  end(identity: ProducerIdentity, outcome: 'committed' | 'aborted'): void {
    this.#end(this.#current(identity), outcome);
  }

  /** Forgets the timeouts, when the log itself ends. */
  close(): void {
    for (const { open } of this.#producers.values()) clearTimeout(open?.timeout);
  }

  #current({ transactionalId, epoch }: ProducerIdentity): RegisteredProducer {
    const producer = this.#producers.get(transactionalId);
    if (producer?.epoch !== epoch) throw kafkaErrors.error('KAFKA_PRODUCER_FENCED', { transactionalId });
    return producer;
  }

  /** As Kafka does: a transaction open for too long is aborted and its producer may not go on. */
  #expire(producer: RegisteredProducer): void {
    producer.epoch += 1;
    this.#end(producer, 'aborted');
  }

  #end(producer: RegisteredProducer, outcome: 'committed' | 'aborted'): void {
    const { open } = producer;
    if (open === undefined) return;
    producer.open = undefined;
    clearTimeout(open.timeout);
    open.transaction.state = outcome;
    for (const partition of open.partitions) partition.appendMarker(open.transaction);
    this.#onEnd();
  }
}
