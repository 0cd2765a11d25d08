import { setTimeout as sleep } from 'node:timers/promises';
import type {
  FetchedPartition,
  KafkaAdmin,
  KafkaClient,
  OutgoingRecord,
  PartitionReader,
  Position,
  Producer,
  RecordBatch,
} from '../../../../kafka/index.ts';

/** The records of a benchmark's input, by partition. */
export interface ScriptedInput {
  /** The records from this offset on that are there now; undefined if there are none. */
  next(partition: number, offset: number): RecordBatch | undefined;
}

/** How long a poll without records sleeps before it looks again. */
const LOOK_INTERVAL_MS = 1;

/** Kafka's port over records that are made on the spot and outputs that are handed over as they are appended: what is left is the engine. */
export function scriptedClient(
  input: ScriptedInput,
  onOutput: (record: OutgoingRecord) => void,
): KafkaClient {
  return {
    admin: unused as unknown as KafkaAdmin,
    createReader: async () => new ScriptedReader(input),
    createProducer: async () => new ScriptedProducer(onOutput),
    createTransactionalProducer: () => Promise.reject(new Error('The benchmark has no transactions')),
    close: async () => {},
  };
}

const unused = {};

class ScriptedReader implements PartitionReader {
  readonly #input: ScriptedInput;
  readonly #offsets = new Map<number, number>();
  readonly #paused = new Set<number>();
  #topic = '';

  constructor(input: ScriptedInput) {
    this.#input = input;
  }

  assign(positions: readonly Position[]): void {
    for (const { topic, partition, offset } of positions) {
      this.#topic = topic;
      this.#offsets.set(partition, offset);
    }
  }

  pause(_topic: string, partition: number): void {
    this.#paused.add(partition);
  }

  resume(_topic: string, partition: number): void {
    this.#paused.delete(partition);
  }

  async poll(maxWaitMs: number): Promise<FetchedPartition[]> {
    for (let looks = 0; looks * LOOK_INTERVAL_MS <= maxWaitMs; looks++) {
      const fetched = this.#take();
      if (fetched.length > 0) return fetched;
      await sleep(LOOK_INTERVAL_MS);
    }
    return [];
  }

  position(_topic: string, partition: number): number {
    return this.#offsets.get(partition) as number;
  }

  async close(): Promise<void> {}

  #take(): FetchedPartition[] {
    const fetched: FetchedPartition[] = [];
    for (const [partition, offset] of this.#offsets) {
      if (this.#paused.has(partition)) continue;
      const batch = this.#input.next(partition, offset);
      if (batch === undefined) continue;
      const nextOffset = offset + batch.count;
      this.#offsets.set(partition, nextOffset);
      fetched.push({
        topic: this.#topic,
        partition,
        batches: [batch],
        nextOffset,
        highWatermark: nextOffset,
      });
    }
    return fetched;
  }
}

class ScriptedProducer implements Producer {
  readonly pendingBytes = 0;
  readonly #onOutput: (record: OutgoingRecord) => void;

  constructor(onOutput: (record: OutgoingRecord) => void) {
    this.#onOutput = onOutput;
  }

  append(record: OutgoingRecord): void {
    this.#onOutput(record);
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {}
}
