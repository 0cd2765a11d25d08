import type { Producer } from '../../kafka/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';

/** Appends a log's records in order: slices of the log's bytes, nothing is encoded or copied here. */
export class RecordSender {
  readonly #log: RecordedLog;
  readonly #topic: string;
  readonly #producer: Producer;
  readonly #keys: readonly Uint8Array[];
  #sent = 0;

  constructor(log: RecordedLog, topic: string, producer: Producer) {
    this.#log = log;
    this.#topic = topic;
    this.#producer = producer;
    this.#keys = log.keys.map((key) => Buffer.from(key, 'utf8'));
  }

  /** Records sent so far, and so the sequence number of the next one. */
  get sent(): number {
    return this.#sent;
  }

  get finished(): boolean {
    return this.#sent === this.#log.count;
  }

  /** @param timestampMs Kafka's timestamp of the record; nothing is measured by it */
  sendNext(timestampMs: number): void {
    const sequence = this.#sent;
    const { values, valueStart, keyOf, partitionOf } = this.#log;
    this.#producer.append({
      topic: this.#topic,
      partition: partitionOf[sequence] as number,
      key: this.#keys[keyOf[sequence] as number] as Uint8Array,
      value: values.subarray(valueStart[sequence], valueStart[sequence + 1]),
      timestampMs,
    });
    this.#sent = sequence + 1;
  }
}
