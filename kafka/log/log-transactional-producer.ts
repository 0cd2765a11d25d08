import type {
  OutgoingRecord,
  TransactionalProducer,
  TransactionalProducerOptions,
  TransactionOffsets,
} from '../port/index.ts';
import { LogProducer } from './log-producer.ts';
import type { ProducerIdentity } from './producer-registry.ts';
import type { LogTransport } from './protocol.ts';

/** Registers the transactional id, which fences the producer before, and makes the producer. */
export async function createLogTransactionalProducer(
  transport: LogTransport,
  options: TransactionalProducerOptions,
): Promise<TransactionalProducer> {
  const { message } = await transport.request({
    type: 'register-producer',
    transactionalId: options.transactionalId,
    timeoutMs: options.transactionTimeoutMs,
  });
  const { producer } = message as typeof message & { type: 'producer' };
  return new LogTransactionalProducer(transport, options, producer);
}

class LogTransactionalProducer extends LogProducer implements TransactionalProducer {
  readonly #log: LogTransport;
  readonly #producer: ProducerIdentity;
  #open = false;

  constructor(transport: LogTransport, options: TransactionalProducerOptions, producer: ProducerIdentity) {
    super(transport, options, producer);
    this.#log = transport;
    this.#producer = producer;
  }

  override append(record: OutgoingRecord): void {
    super.append(record);
    this.#open = true;
  }

  async commit(offsets?: TransactionOffsets): Promise<void> {
    await this.flush();
    if (this.#open || offsets !== undefined) await this.#end('committed', offsets);
  }

  async abort(): Promise<void> {
    await this.flush();
    if (this.#open) await this.#end('aborted', undefined);
  }

  override async close(): Promise<void> {
    // As Kafka's own producer does; a fenced one has nothing left to abort.
    if (this.#open) await this.abort().catch(() => {});
    await super.close();
  }

  async #end(outcome: 'committed' | 'aborted', offsets: TransactionOffsets | undefined): Promise<void> {
    await this.#log.request({ type: 'end-transaction', producer: this.#producer, outcome, offsets });
    this.#open = false;
  }
}
