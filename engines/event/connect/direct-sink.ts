import type { Bytes, KafkaClient, Producer, ProducerOptions } from '../../../kafka/index.ts';
import type { OutputIndex, OutputSink } from './output-sink.ts';

export interface DirectSinkOptions {
  readonly client: KafkaClient;
  /** Topic of each output. */
  readonly topics: readonly string[];
  readonly producer: ProducerOptions;
  /** Unacknowledged bytes that block. */
  readonly pendingBytes: number;
  /** Called when acknowledgements came in, so a blocked slot looks again. */
  readonly onProgress: () => void;
}

/** at-least-once: each slot produces for itself, outputs are visible at once, and an epoch ends when all of it is acknowledged. */
export async function createDirectSink(options: DirectSinkOptions): Promise<OutputSink> {
  const producer = await options.client.createProducer(options.producer);
  producer.onAcknowledged = options.onProgress;
  return new DirectSink(producer, options.topics, options.pendingBytes);
}

class DirectSink implements OutputSink {
  readonly #producer: Producer;
  readonly #topics: readonly string[];
  readonly #pendingBytes: number;

  constructor(producer: Producer, topics: readonly string[], pendingBytes: number) {
    this.#producer = producer;
    this.#topics = topics;
    this.#pendingBytes = pendingBytes;
  }

  get blocked(): boolean {
    return this.#producer.pendingBytes > this.#pendingBytes;
  }

  write(output: OutputIndex, partition: number, key: Bytes | null, value: Bytes | null): void {
    this.#producer.append({ topic: this.#topics[output] as string, partition, key, value });
  }

  flush(): void {}

  endEpoch(): Promise<void> {
    return this.#producer.flush();
  }

  close(): Promise<void> {
    return this.#producer.close();
  }
}
