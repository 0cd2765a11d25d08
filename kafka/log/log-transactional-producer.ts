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

/** Records appended while a commit or abort is under way belong to the next transaction. */
class LogTransactionalProducer extends LogProducer implements TransactionalProducer {
  readonly #log: LogTransport;
  readonly #identity: ProducerIdentity;
  #hasRecords = false;
  #isEnding = false;

  constructor(transport: LogTransport, options: TransactionalProducerOptions, identity: ProducerIdentity) {
    super(transport, options, identity);
    this.#log = transport;
    this.#identity = identity;
  }

  override append(record: OutgoingRecord): void {
    super.append(record);
    this.#hasRecords = true;
  }

  commit(offsets?: TransactionOffsets): Promise<void> {
    return this.#end('committed', offsets);
  }

  abort(): Promise<void> {
    return this.#end('aborted', undefined);
  }

  override async close(): Promise<void> {
    // As Kafka's own producer does; a fenced one has nothing left to abort.
    if (!this.#isEnding) await this.abort().catch(() => {});
    await super.close();
  }

  async #end(outcome: 'committed' | 'aborted', offsets: TransactionOffsets | undefined): Promise<void> {
    if (this.#isEnding) throw new Error('commit or abort was called while another one is under way');
    this.#isEnding = true;
    const hasRecords = this.#hasRecords;
    this.#hasRecords = false;
    try {
      await this.hold();
      if (hasRecords || offsets !== undefined)
        await this.#log.request({ type: 'end-transaction', producer: this.#identity, outcome, offsets });
    } catch (failure) {
      this.fail(failure);
      throw failure;
    } finally {
      this.#isEnding = false;
      this.release();
    }
  }
}
