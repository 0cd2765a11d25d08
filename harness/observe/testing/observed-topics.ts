import {
  connect,
  type EmbeddedLog,
  type KafkaClient,
  type Producer,
  startEmbeddedLog,
} from '../../../kafka/index.ts';
import { loadWorkload, type RecordedLog } from '../../../workloads/index.ts';
import { type Observation, type Observer, type ObserverTask, startObserver } from '../index.ts';

export const RESULT = 'result';
export const DEAD_LETTER = 'dead-letter';
export const INPUT = 'input';
export const PRODUCER = { acks: -1, lingerMs: 0, maxInFlight: 5 } as const;
/** A tally of which only the counts of outputs and samples are missing. */
export const PERFECT = {
  repeats: 0,
  wrong: 0,
  reasons: [],
  missing: { samples: 0, lateRecords: 0, deadLetters: 0 },
};
const PARTITIONS = 4;

/** A small log of merchant-spend. */
export async function makeLog(events: number): Promise<RecordedLog> {
  const workload = await loadWorkload('merchant-spend');
  return workload.generate({ ...workload.defaults, seed: 1, events, keys: 20, partitions: PARTITIONS });
}

/** The sequence numbers of a log. */
export function allOf({ count }: RecordedLog): number[] {
  return Array.from({ length: count }, (_, sequence) => sequence);
}

export function sorted(sequences: Uint32Array): number[] {
  return [...sequences].sort((a, b) => a - b);
}

/** Appends records `from` to `to` of a log, or of results in its shape. */
export function append(
  producer: Producer,
  topic: string,
  { values, valueStart, partitionOf }: RecordedLog,
  from: number,
  to: number,
  timestampMs?: (sequence: number) => number,
): void {
  for (let sequence = from; sequence < to; sequence += 1) {
    const value = values.subarray(valueStart[sequence], valueStart[sequence + 1]);
    const stamp = timestampMs === undefined ? {} : { timestampMs: timestampMs(sequence) };
    producer.append({ topic, partition: partitionOf[sequence] as number, key: null, value, ...stamp });
  }
}

/** An embedded log with the topics of a run, and the observers of a test. */
export class ObservedTopics {
  readonly server: EmbeddedLog;
  readonly client: KafkaClient;
  readonly #observers: Observer[] = [];

  private constructor(server: EmbeddedLog, client: KafkaClient) {
    this.server = server;
    this.client = client;
  }

  static async open(): Promise<ObservedTopics> {
    const server = await startEmbeddedLog();
    const client = await connect(server.connection);
    await client.admin.createTopics([RESULT, INPUT].map((topic) => ({ topic, partitions: PARTITIONS })));
    await client.admin.createTopics([{ topic: DEAD_LETTER, partitions: 1 }]);
    return new ObservedTopics(server, client);
  }

  async observe(log: RecordedLog, task: Partial<ObserverTask> = {}): Promise<Observer> {
    const observer = await startObserver({
      connection: this.server.connection,
      topics: { output: RESULT, 'dead-letter': DEAD_LETTER },
      log,
      dataflowOptions: { late: 'none' },
      mode: 'live',
      originNs: process.hrtime.bigint(),
      ...task,
    });
    this.#observers.push(observer);
    return observer;
  }

  async send(topic: string, records: RecordedLog, timestampMs?: (sequence: number) => number): Promise<void> {
    const producer = await this.client.createProducer(PRODUCER);
    append(producer, topic, records, 0, records.count, timestampMs);
    await producer.flush();
    await producer.close();
  }

  /** Ends an observer that reads these topics. */
  async finish(observer: Observer, ...topics: string[]): Promise<Observation> {
    const ends = topics.map(
      async (topic) => [topic, await this.client.admin.endOffsets(topic, 'read-uncommitted')] as const,
    );
    return await observer.finish(Object.fromEntries(await Promise.all(ends)));
  }

  async close(): Promise<void> {
    await Promise.all(this.#observers.map((observer) => observer.abandon()));
    await this.client.close();
    await this.server.stop();
  }
}
