import type { PartitionQueue } from './pending-batch.ts';

/** The queues of a producer, by topic and partition. */
export class PartitionQueues {
  readonly #topics = new Map<string, (PartitionQueue | undefined)[]>();

  find(topic: string, partition: number): PartitionQueue | undefined {
    return this.#topics.get(topic)?.[partition];
  }

  add(topic: string, partition: number): PartitionQueue {
    const queue: PartitionQueue = {
      topic,
      partition,
      open: undefined,
      sealed: [],
      nextSequence: 0,
      enlistedIn: -1,
      isEnlisting: false,
    };
    let queues = this.#topics.get(topic);
    if (queues === undefined) {
      queues = [];
      this.#topics.set(topic, queues);
    }
    queues[partition] = queue;
    return queue;
  }

  *all(): Generator<PartitionQueue> {
    for (const queues of this.#topics.values()) {
      for (const queue of queues) if (queue !== undefined) yield queue;
    }
  }

  hasOpenBatch(): boolean {
    for (const queue of this.all()) if (queue.open !== undefined) return true;
    return false;
  }
}
