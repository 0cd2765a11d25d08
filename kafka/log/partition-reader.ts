import { setTimeout as sleep } from 'node:timers/promises';
import { decodeRecords } from '../codec/index.ts';
import { kafkaErrors } from '../errors.ts';
import type { FetchedPartition, PartitionReader, Position, ReaderOptions } from '../port/index.ts';
import type { LogTransport, ReturnedSlice } from './protocol.ts';

const DEFAULT_MAX_BYTES = 50 << 20;
const DEFAULT_MAX_BYTES_PER_PARTITION = 1 << 20;

interface Assigned {
  readonly topic: string;
  readonly partition: number;
  offset: number;
  paused: boolean;
}

/** Reader of the embedded log: one fetch per poll, records decoded from the batches' bytes. */
export class LogReader implements PartitionReader {
  readonly #transport: LogTransport;
  readonly #options: ReaderOptions;
  readonly #closing = new AbortController();
  #assigned = new Map<string, Assigned>();
  /** So that no partition is always served first when one fetch cannot hold all. */
  #rotation = 0;

  constructor(transport: LogTransport, options: ReaderOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  assign(positions: readonly Position[]): void {
    this.#assigned = new Map(
      positions.map(({ topic, partition, offset }) => [
        nameOf(topic, partition),
        { topic, partition, offset, paused: false },
      ]),
    );
  }

  pause(topic: string, partition: number): void {
    this.#get(topic, partition).paused = true;
  }

  resume(topic: string, partition: number): void {
    this.#get(topic, partition).paused = false;
  }

  position(topic: string, partition: number): number {
    return this.#get(topic, partition).offset;
  }

  async poll(maxWaitMs: number): Promise<FetchedPartition[]> {
    this.#failIfClosed();
    const asked = this.#assigned;
    const positions = this.#wanted();
    if (positions.length === 0) {
      await sleep(maxWaitMs, undefined, { signal: this.#closing.signal }).catch(() => this.#failIfClosed());
      return [];
    }
    const { isolation, maxBytes, maxBytesPerPartition } = this.#options;
    const query = {
      positions,
      isolation,
      maxBytes: maxBytes ?? DEFAULT_MAX_BYTES,
      maxBytesPerPartition: maxBytesPerPartition ?? DEFAULT_MAX_BYTES_PER_PARTITION,
    };
    const request = this.#transport.request({ type: 'fetch', query, maxWaitMs });
    const { message, payload } = await this.#unlessClosed(request);
    // What came back for an assignment that was replaced meanwhile is nobody's any more.
    if (message.type !== 'fetched' || asked !== this.#assigned) return [];
    return this.#take(message.slices, payload);
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  /** The promise's outcome, or KAFKA_CLIENT_CLOSED as soon as the reader is closed. */
  #unlessClosed<Value>(promise: Promise<Value>): Promise<Value> {
    const { signal } = this.#closing;
    return new Promise((resolve, reject) => {
      const closed = () => reject(kafkaErrors.error('KAFKA_CLIENT_CLOSED', { part: 'reader' }));
      signal.addEventListener('abort', closed);
      promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', closed));
    });
  }

  #wanted(): Position[] {
    const wanted = [...this.#assigned.values()].filter((each) => !each.paused);
    this.#rotation = (this.#rotation + 1) % Math.max(1, wanted.length);
    return [...wanted.slice(this.#rotation), ...wanted.slice(0, this.#rotation)].map(
      ({ topic, partition, offset }) => ({ topic, partition, offset }),
    );
  }

  #take(slices: readonly ReturnedSlice[], payload: Buffer): FetchedPartition[] {
    const fetched: FetchedPartition[] = [];
    let at = 0;
    for (const { topic, partition, nextOffset, highWatermark, length } of slices) {
      const assigned = this.#get(topic, partition);
      if (!assigned.paused) {
        const { batches } = decodeRecords(payload, at, at + length, { fromOffset: assigned.offset });
        assigned.offset = nextOffset;
        fetched.push({ topic, partition, batches, nextOffset, highWatermark });
      }
      at += length;
    }
    return fetched;
  }

  #get(topic: string, partition: number): Assigned {
    const assigned = this.#assigned.get(nameOf(topic, partition));
    if (assigned === undefined) throw new Error(`${topic}-${partition} is not assigned to this reader`);
    return assigned;
  }

  #failIfClosed(): void {
    if (this.#closing.signal.aborted) throw kafkaErrors.error('KAFKA_CLIENT_CLOSED', { part: 'reader' });
  }
}

function nameOf(topic: string, partition: number): string {
  return `${partition}@${topic}`;
}
