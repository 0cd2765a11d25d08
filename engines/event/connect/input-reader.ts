import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaClient, PartitionReader } from '../../../kafka/index.ts';
import type { PartitionInput } from './partition-input.ts';

/** Wait of a fetch while other partitions are held back: they may want to be fetched again soon. */
const WAIT_WHILE_SOME_ARE_FULL_MS = 5;

/** Records that make a fetch worth its cost: the next one follows at once. */
const FULL_FETCH_RECORDS = 512;

export interface InputReaderOptions {
  readonly client: KafkaClient;
  readonly topic: string;
  readonly inputs: readonly PartitionInput[];
  readonly maxWaitMs: number;
  /** Pause before the next fetch while fetches bring little. */
  readonly intervalMs: number;
  readonly maxBytesPerPartition: number;
  /** Called when records came in. */
  readonly onFetched: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Keeps the inputs of a slot that are of one source filled: one fetch is under way while what came before is processed; a full input is left out. */
export class InputReader {
  readonly #options: InputReaderOptions;
  readonly #reader: PartitionReader;
  /** By number in the topic. */
  readonly #byPartition: ReadonlyMap<number, PartitionInput>;
  #closed = false;
  #room: (() => void) | undefined;
  #loop: Promise<void> = Promise.resolve();

  static async open(options: InputReaderOptions): Promise<InputReader> {
    const reader = await options.client.createReader({
      isolation: 'read-committed',
      maxBytesPerPartition: options.maxBytesPerPartition,
      maxBytes: options.maxBytesPerPartition * Math.max(1, options.inputs.length),
    });
    return new InputReader(options, reader);
  }

  private constructor(options: InputReaderOptions, reader: PartitionReader) {
    this.#options = options;
    this.#reader = reader;
    this.#byPartition = new Map(options.inputs.map((input) => [input.topicPartition, input]));
    const { topic } = options;
    reader.assign(
      options.inputs.map(({ topicPartition: partition, position }) => ({
        topic,
        partition,
        offset: position,
      })),
    );
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** To be called when an input is no longer full. */
  wantMore(): void {
    const room = this.#room;
    this.#room = undefined;
    room?.();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.wantMore();
    await this.#reader.close();
    await this.#loop;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#closed) {
        const full = this.#holdBack();
        if (full === this.#options.inputs.length) {
          await new Promise<void>((resolve) => {
            this.#room = resolve;
          });
          continue;
        }
        const records = await this.#fetch(full > 0 ? WAIT_WHILE_SOME_ARE_FULL_MS : this.#options.maxWaitMs);
        if (records < FULL_FETCH_RECORDS && this.#options.intervalMs > 0) {
          await sleep(this.#options.intervalMs);
        }
      }
    } catch (error) {
      if (!this.#closed) {
        this.#options.onFailure(error);
      }
    }
  }

  /** @returns how many inputs are full */
  #holdBack(): number {
    let full = 0;
    for (const input of this.#options.inputs) {
      if (input.full) {
        full++;
        this.#reader.pause(this.#options.topic, input.topicPartition);
      } else {
        this.#reader.resume(this.#options.topic, input.topicPartition);
      }
    }
    return full;
  }

  /** @returns how many records came in */
  async #fetch(waitMs: number): Promise<number> {
    const fetched = await this.#reader.poll(Math.min(waitMs, this.#options.maxWaitMs));
    if (this.#closed) {
      return 0;
    }
    let records = 0;
    for (const each of fetched) {
      this.#byPartition.get(each.partition)?.add(each);
      records += each.batches.reduce((total, batch) => total + batch.count, 0);
    }
    if (fetched.length > 0) {
      this.#options.onFetched();
    }
    return records;
  }
}
