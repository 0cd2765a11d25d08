import { BatchWriter } from '../codec/index.ts';
import type { OutgoingRecord } from '../port/index.ts';
import type { OutgoingBatch } from './protocol.ts';

interface Slot {
  readonly topic: string;
  readonly partition: number;
  readonly writer: BatchWriter;
}

export interface OutgoingRequest {
  readonly batches: readonly OutgoingBatch[];
  readonly payload: Buffer;
  readonly records: number;
}

/** Records that wait to be sent, as one growing batch per partition. */
export class Outbox {
  readonly #slots = new Map<string, Map<number, Slot>>();
  #records = 0;

  get records(): number {
    return this.#records;
  }

  /** Adds a record; returns by how many bytes its partition's batch grew, and its size now. */
  add({ topic, partition, key, value, headers, timestampMs }: OutgoingRecord): {
    grownBytes: number;
    batchBytes: number;
  } {
    const { writer } = this.#slot(topic, partition);
    const before = writer.count === 0 ? 0 : writer.bytes;
    writer.append(key, value, timestampMs ?? Date.now(), headers);
    this.#records += 1;
    return { grownBytes: writer.bytes - before, batchBytes: writer.bytes };
  }

  /** Takes everything out, as one request. */
  take(): OutgoingRequest {
    const batches: OutgoingBatch[] = [];
    const views: Buffer[] = [];
    const filled: BatchWriter[] = [];
    for (const partitions of this.#slots.values()) {
      for (const { topic, partition, writer } of partitions.values()) {
        if (writer.count === 0) continue;
        const view = writer.finish();
        views.push(view);
        batches.push({ topic, partition, count: writer.count, length: view.length });
        filled.push(writer);
      }
    }
    const payload = Buffer.concat(views);
    for (const writer of filled) writer.reset();
    const records = this.#records;
    this.#records = 0;
    return { batches, payload, records };
  }

  #slot(topic: string, partition: number): Slot {
    let partitions = this.#slots.get(topic);
    if (partitions === undefined) {
      partitions = new Map();
      this.#slots.set(topic, partitions);
    }
    let slot = partitions.get(partition);
    if (slot === undefined) {
      slot = { topic, partition, writer: new BatchWriter() };
      partitions.set(partition, slot);
    }
    return slot;
  }
}
