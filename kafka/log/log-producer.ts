import { kafkaErrors } from '../errors.ts';
import type { OutgoingRecord, Producer, ProducerOptions } from '../port/index.ts';
import { Outbox } from './outbox.ts';
import type { ProducerIdentity } from './producer-registry.ts';
import type { LogTransport } from './protocol.ts';

const DEFAULT_BATCH_BYTES = 1 << 20;

interface FlushWaiter {
  /** Number of records, counted from the start, that must be acknowledged. */
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (failure: unknown) => void;
}

/** Producer of the embedded log: one growing batch per partition, sent by linger or size, a bounded number of requests open. */
export class LogProducer implements Producer {
  onAcknowledged?: (records: number) => void;
  readonly #transport: LogTransport;
  readonly #options: ProducerOptions;
  readonly #identity: ProducerIdentity | undefined;
  readonly #outbox = new Outbox();
  readonly #waiters: FlushWaiter[] = [];
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #inFlight = 0;
  #pendingBytes = 0;
  #appended = 0;
  #acknowledged = 0;
  #failure: unknown;
  /** Set when what is buffered must not wait for its linger any longer. */
  #urgent = false;
  /** While set, what is appended stays in the outbox. */
  #held = false;
  #closed = false;

  constructor(transport: LogTransport, options: ProducerOptions, identity?: ProducerIdentity) {
    this.#transport = transport;
    this.#options = options;
    this.#identity = identity;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  append(record: OutgoingRecord): void {
    this.#failIfUnusable();
    const { grownBytes, batchBytes } = this.#outbox.add(record);
    this.#appended += 1;
    this.#pendingBytes += grownBytes;
    if (batchBytes >= (this.#options.batchBytes ?? DEFAULT_BATCH_BYTES)) this.#urgent = true;
    if (this.#urgent) this.#sendNow();
    else this.#schedule();
  }

  flush(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#closed) return Promise.reject(kafkaErrors.error('KAFKA_CLIENT_CLOSED', { part: 'producer' }));
    if (this.#acknowledged === this.#appended) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiters.push({ upTo: this.#appended, resolve, reject });
    this.#urgent = true;
    this.#sendNow();
    return promise;
  }

  /**
   * Sends what was appended up to now and holds back what comes later, until `release`: so that a transaction ends where its
   * commit was called. Resolves when what was sent is acknowledged.
   */
  protected hold(): Promise<void> {
    // Past the bound on open requests: otherwise later records would join the ones that wait for a place.
    this.#send();
    this.#held = true;
    return this.flush();
  }

  protected release(): void {
    this.#held = false;
    if (this.#urgent || this.#waiters.length > 0) this.#sendNow();
    else if (this.#outbox.records > 0) this.#schedule();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    // What fails now was reported by the flush that the caller should have awaited.
    await this.flush().catch(() => {});
    this.#closed = true;
    this.#cancelTimer();
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const { lingerMs } = this.#options;
    const send = () => {
      this.#timer = undefined;
      this.#urgent = true;
      this.#sendNow();
    };
    this.#timer = lingerMs > 0 ? setTimeout(send, lingerMs) : setImmediate(send);
  }

  #sendNow(): void {
    if (!this.#held && this.#inFlight < this.#options.maxInFlight) this.#send();
  }

  #send(): void {
    if (this.#outbox.records === 0 || this.#failure !== undefined) return;
    this.#cancelTimer();
    this.#urgent = false;
    const { batches, payload, records } = this.#outbox.take();
    this.#inFlight += 1;
    this.#transport.request({ type: 'append', producer: this.#identity, batches }, payload).then(
      () => this.#onReply(records, payload.length),
      (failure: unknown) => this.fail(failure),
    );
  }

  #onReply(records: number, bytes: number): void {
    this.#inFlight -= 1;
    this.#acknowledged += records;
    this.#pendingBytes -= bytes;
    while (this.#waiters[0] !== undefined && this.#waiters[0].upTo <= this.#acknowledged)
      this.#waiters.shift()?.resolve();
    // Somebody waits for these, or they have waited for a free place longer than their linger.
    if (this.#urgent || this.#waiters.length > 0) this.#sendNow();
    this.onAcknowledged?.(records);
  }

  /** Keeps the first failure: from then on nothing can be appended or flushed. */
  protected fail(failure: unknown): void {
    this.#failure ??= failure;
    this.#cancelTimer();
    for (const waiter of this.#waiters.splice(0)) waiter.reject(this.#failure);
  }

  #failIfUnusable(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw kafkaErrors.error('KAFKA_CLIENT_CLOSED', { part: 'producer' });
  }

  #cancelTimer(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer as NodeJS.Timeout);
    clearImmediate(this.#timer as NodeJS.Immediate);
    this.#timer = undefined;
  }
}
