import type { TransactionalProducer, TransactionOffsets } from '../../../kafka/index.ts';
import { Bell, RingReader } from '../exchange/index.ts';
import { EpochReader } from './epoch-frames.ts';

export interface TransactionCollectorOptions {
  readonly producer: TransactionalProducer;
  /** Topic of each output. */
  readonly topics: readonly string[];
  /** Each slot's ring to the coordinator, with the bell of the slot. */
  readonly slots: readonly { readonly ring: SharedArrayBuffer; readonly bell: SharedArrayBuffer }[];
  /** The coordinator's own bell. */
  readonly bell: SharedArrayBuffer;
  /** Unacknowledged bytes beyond which no more outputs are taken. */
  readonly pendingBytes: number;
  readonly onFailure: (error: unknown) => void;
}

/** Frames taken between two turns of the event loop. */
const FRAMES_A_TURN = 8;

/**
 * exactly-once: collects the outputs of all slots, epoch by epoch, into one transaction. A slot's outputs of the next epoch wait in its ring
 * until every slot has ended this one and the checkpoint is durable, which is when the transaction's commit begins.
 */
export class TransactionCollector {
  readonly #options: TransactionCollectorOptions;
  readonly #readers: readonly EpochReader[];
  readonly #bell: Bell;
  #scheduled = false;
  #closed = false;
  #waiter: { readonly checkpointId: number; readonly resolve: (collected: boolean) => void } | undefined;

  constructor(options: TransactionCollectorOptions) {
    this.#options = options;
    this.#bell = new Bell(options.bell);
    this.#readers = options.slots.map(
      ({ ring, bell }) => new EpochReader(new RingReader(ring, new Bell(bell))),
    );
    options.producer.onAcknowledged = () => this.#wake();
    this.#wake();
  }

  /** Resolves when all outputs of the checkpoint's epoch are in the transaction; with false if they never will be. */
  epochCollected(checkpointId: number): Promise<boolean> {
    if (this.#closed) {
      return Promise.resolve(false);
    }
    return new Promise((resolve) => {
      this.#waiter = { checkpointId, resolve };
      this.#wake();
    });
  }

  /** After `epochCollected`: commits the transaction with the offsets. The next epoch is collected meanwhile, into the next transaction. */
  async commit(offsets: TransactionOffsets): Promise<void> {
    const committed = this.#options.producer.commit(offsets);
    this.nextEpoch();
    await committed;
  }

  /** After `epochCollected`, when the checkpoint failed: the epoch's outputs stay in the open transaction, for the next checkpoint. */
  nextEpoch(): void {
    for (const reader of this.#readers) {
      reader.nextEpoch();
    }
    this.#wake();
  }

  /** Takes no more outputs from the slots. What waits for the end of an epoch waits no longer. */
  abandon(): void {
    this.#closed = true;
    this.#waiter?.resolve(false);
    this.#waiter = undefined;
  }

  /** Aborts the transaction that is open. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#options.producer.close();
  }

  #wake(): void {
    if (!this.#scheduled && !this.#closed) {
      this.#scheduled = true;
      this.#bell.disarm();
      setImmediate(this.#turn);
    }
  }

  readonly #turn = (): void => {
    this.#scheduled = false;
    if (this.#closed) {
      return;
    }
    try {
      if (this.#collect()) {
        this.#wake();
        return;
      }
      this.#bell.arm();
      if (this.#collect()) {
        this.#wake();
      } else {
        this.#bell.sleep(() => this.#wake());
      }
    } catch (error) {
      this.#closed = true;
      this.#options.onFailure(error);
    }
  };

  /** @returns whether there may be more */
  #collect(): boolean {
    const { producer, topics, pendingBytes } = this.#options;
    let worked = false;
    for (const reader of this.#readers) {
      for (let frames = 0; frames < FRAMES_A_TURN && producer.pendingBytes <= pendingBytes; frames++) {
        const any = reader.read((output, partition, key, value) => {
          producer.append({ topic: topics[output] as string, partition, key, value });
        });
        if (!any) {
          break;
        }
        worked = true;
      }
    }
    const waiter = this.#waiter;
    if (waiter && this.#readers.every((reader) => reader.endedCheckpointId === waiter.checkpointId)) {
      this.#waiter = undefined;
      waiter.resolve(true);
    }
    return worked;
  }
}
