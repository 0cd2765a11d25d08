import type { Producer } from '../../kafka/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import type { Share } from './protocol.ts';
import { ownSequences } from './share-of-log.ts';

/** What a sender takes from the log it sends. */
export interface SentLog {
  readonly log: RecordedLog;
  readonly topic: string;
  readonly share: Share;
  /** Actual send of each record, microseconds from the start. */
  readonly sentUs: Float64Array;
}

/** Appends a thread's records in order: slices of the log's bytes, nothing is encoded or copied here. */
export class RecordSender {
  readonly #log: RecordedLog;
  readonly #topic: string;
  readonly #sentUs: Float64Array;
  readonly #producer: Producer;
  readonly #keys: readonly Uint8Array[];
  readonly #sequences: Uint32Array | undefined;
  readonly #count: number;
  #sent = 0;

  constructor({ log, topic, share, sentUs }: SentLog, producer: Producer) {
    this.#log = log;
    this.#topic = topic;
    this.#sentUs = sentUs;
    this.#producer = producer;
    this.#keys = log.keys.map((key) => Buffer.from(key, 'utf8'));
    this.#sequences = ownSequences(log, share);
    this.#count = this.#sequences?.length ?? log.count;
  }

  /** Records sent so far. */
  get sent(): number {
    return this.#sent;
  }

  get finished(): boolean {
    return this.#sent === this.#count;
  }

  /** Sequence number of the record that `send` will append; meaningless when it is `finished`. */
  get nextSequence(): number {
    return this.#sequences === undefined ? this.#sent : (this.#sequences[this.#sent] as number);
  }

  /**
   * @param nowNs instant of the send, nanoseconds from the start
   * @param timestampMs Kafka's timestamp of the record; nothing is measured by it
   */
  send(nowNs: number, timestampMs: number): void {
    const sequence = this.nextSequence;
    const { values, valueStart, keyOf, partitionOf } = this.#log;
    this.#producer.append({
      topic: this.#topic,
      partition: partitionOf[sequence] as number,
      key: this.#keys[keyOf[sequence] as number] as Uint8Array,
      value: values.subarray(valueStart[sequence], valueStart[sequence + 1]),
      timestampMs,
    });
    this.#sentUs[sequence] = nowNs / 1_000;
    this.#sent += 1;
  }
}
