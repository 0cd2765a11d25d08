import { setTimeout as sleep } from 'node:timers/promises';
import { decodeRecords } from '../codec/index.ts';
import { kafkaErrors } from '../errors.ts';
import type { FetchedPartition, PartitionReader, Position, ReaderOptions } from '../port/index.ts';
import type { ClusterConnection } from './cluster.ts';
import { errorOfCode, isTransient, protocolType } from './failure.ts';
import { type FetchedBytes, fetch } from './fetch.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_BYTES_PER_PARTITION = 1024 * 1024;
/** A fetch ahead of the next poll is held no longer than this: it would hold up a partition that is resumed meanwhile. */
const AHEAD_WAIT_MS = 10;
/** Answers of this size show a backlog. After smaller ones a fetch ahead would age until a caller that paces itself asks again. */
const BACKLOG_BYTES = 65_536;
const BACK_OFF_MS = 50;
const GIVE_UP_AFTER_MS = 15_000;
const OFFSET_OUT_OF_RANGE = 1;

interface Assigned {
  readonly topic: string;
  readonly partition: number;
  offset: number;
  paused: boolean;
  /** What arrived for the position while the partition was paused. */
  held: FetchedBytes | undefined;
}

class PendingFetch {
  readonly nodeId: number;
  /** Never rejects: a failure is kept in `error`. */
  readonly done: Promise<void>;
  partitions: readonly FetchedBytes[] | undefined;
  error: unknown;

  constructor(nodeId: number, answer: Promise<readonly FetchedBytes[]>) {
    this.nodeId = nodeId;
    this.done = answer.then(
      (partitions) => {
        this.partitions = partitions;
      },
      (error) => {
        this.error = error;
      },
    );
  }

  get isDone(): boolean {
    return this.partitions !== undefined || this.error !== undefined;
  }
}

/**
 * Reads partitions by fetch requests of our own over kafkajs's connections: one outstanding per leader, and after a poll that
 * found a backlog the next is sent ahead, so that the broker works while the caller does. When a leader moves or a connection
 * breaks, it looks the leaders up again and goes on, for up to 15 s.
 */
export class KafkajsReader implements PartitionReader {
  readonly #cluster: ClusterConnection;
  readonly #options: Required<ReaderOptions>;
  #assigned = new Map<string, Assigned>();
  readonly #leaders = new Map<string, number[]>();
  #fetches: PendingFetch[] = [];
  #failingSinceMs: number | undefined;
  #polling = false;
  #endPoll: ((reason: Error) => void) | undefined;
  #closed = false;

  constructor(cluster: ClusterConnection, options: ReaderOptions) {
    this.#cluster = cluster;
    this.#options = { maxBytes: MAX_BYTES, maxBytesPerPartition: MAX_BYTES_PER_PARTITION, ...options };
  }

  assign(positions: readonly Position[]): void {
    this.#assigned = new Map();
    for (const position of positions) {
      const { topic, partition } = position;
      this.#assigned.set(keyOf(topic, partition), { ...position, paused: false, held: undefined });
    }
  }

  pause(topic: string, partition: number): void {
    this.#entry(topic, partition).paused = true;
  }

  resume(topic: string, partition: number): void {
    this.#entry(topic, partition).paused = false;
  }

  position(topic: string, partition: number): number {
    return this.#entry(topic, partition).offset;
  }

  async poll(maxWaitMs: number): Promise<FetchedPartition[]> {
    if (this.#closed) throw closedError();
    if (this.#polling) throw new Error('poll was called while another one is under way');
    this.#polling = true;
    // One for each poll: a promise that lives as long as the reader would collect a reaction of every poll.
    const { promise: closed, reject } = Promise.withResolvers<never>();
    this.#endPoll = reject;
    const answer = this.#pollUntil(Date.now() + maxWaitMs);
    answer.catch(() => {});
    try {
      return await Promise.race([answer, closed]);
    } catch (error) {
      if (this.#closed) throw closedError();
      throw this.#cluster.failure(error, { operation: 'fetching records' });
    } finally {
      this.#polling = false;
    }
  }

  /** A poll that is waiting fails with KAFKA_CLIENT_CLOSED. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#endPoll?.(closedError());
    await this.#cluster.close();
  }

  #entry(topic: string, partition: number): Assigned {
    const entry = this.#assigned.get(keyOf(topic, partition));
    if (entry === undefined) throw new Error(`${topic}-${partition} is not assigned to this reader`);
    return entry;
  }

  async #pollUntil(deadlineMs: number): Promise<FetchedPartition[]> {
    for (;;) {
      let fetched = this.#takeHeld();
      if (fetched.length === 0) {
        const remainingMs = Math.max(deadlineMs - Date.now(), 0);
        await this.#findLeaders();
        await this.#nextAnswer(this.#sendFetches(remainingMs), remainingMs);
        fetched = await this.#takeAnswers();
      }
      if (this.#closed) throw closedError();
      if (fetched.length > 0) {
        if (bytesOf(fetched) >= BACKLOG_BYTES) this.#sendFetches(AHEAD_WAIT_MS);
        return fetched;
      }
      if (Date.now() >= deadlineMs) return [];
    }
  }

  async #findLeaders(): Promise<void> {
    for (const { topic, partition, paused } of this.#assigned.values()) {
      if (paused || this.#leaders.get(topic)?.[partition] !== undefined) continue;
      const leaders = await this.#cluster.leaders(topic);
      this.#leaders.set(topic, leaders);
      if (leaders[partition] === undefined) {
        throw kafkaErrors.error('KAFKA_TOPIC_MISSING', { topic: `${topic} with a partition ${partition}` });
      }
    }
  }

  /** Sends a fetch to each known leader that has none outstanding; returns the new ones. */
  #sendFetches(maxWaitMs: number): readonly PendingFetch[] {
    const busy = new Set(this.#fetches.map(({ nodeId }) => nodeId));
    const byLeader = new Map<number, Position[]>();
    for (const { topic, partition, offset, paused, held } of this.#assigned.values()) {
      const nodeId = this.#leaders.get(topic)?.[partition];
      if (paused || held !== undefined || nodeId === undefined || busy.has(nodeId)) continue;
      const positions = byLeader.get(nodeId);
      if (positions) positions.push({ topic, partition, offset });
      else byLeader.set(nodeId, [{ topic, partition, offset }]);
    }
    const sent = [...byLeader].map(
      ([nodeId, positions]) => new PendingFetch(nodeId, this.#fetch(nodeId, positions, maxWaitMs)),
    );
    this.#fetches.push(...sent);
    return sent;
  }

  async #fetch(
    nodeId: number,
    positions: readonly Position[],
    maxWaitMs: number,
  ): Promise<readonly FetchedBytes[]> {
    const connection = await this.#cluster.lane(nodeId, 'fetches');
    const { errorCode, partitions } = await fetch(connection, { ...this.#options, maxWaitMs, positions });
    if (errorCode !== 0) throw errorOfCode(errorCode);
    return partitions;
  }

  /** Resolves at the first answer; or when the time is up, yet not before the fetches of this poll are answered. */
  async #nextAnswer(sent: readonly PendingFetch[], remainingMs: number): Promise<void> {
    if (this.#fetches.some(({ isDone }) => isDone)) return;
    // A plain timer: an aborted one makes an error object with a stack, for each poll.
    const timeUp = Promise.withResolvers<void>();
    const timer = setTimeout(timeUp.resolve, remainingMs);
    const allSent = Promise.all([timeUp.promise, ...sent.map(({ done }) => done)]);
    await Promise.race([allSent, ...this.#fetches.map(({ done }) => done)]);
    clearTimeout(timer);
  }

  async #takeAnswers(): Promise<FetchedPartition[]> {
    const answered = this.#fetches.filter(({ isDone }) => isDone);
    this.#fetches = this.#fetches.filter(({ isDone }) => !isDone);
    const arrived = answered.flatMap(({ partitions }) => partitions ?? []);
    const failure =
      answered.find(({ error }) => error !== undefined)?.error ??
      arrived.map((each) => this.#failureOf(each)).find((error) => error !== undefined);
    if (failure !== undefined) await this.#recover(failure);
    else if (answered.length > 0) this.#failingSinceMs = undefined;
    return arrived.flatMap((each) => this.#accept(each) ?? []);
  }

  #takeHeld(): FetchedPartition[] {
    const fetched: FetchedPartition[] = [];
    for (const entry of this.#assigned.values()) {
      if (entry.held === undefined || entry.paused) continue;
      const { held } = entry;
      entry.held = undefined;
      const accepted = this.#accept(held);
      if (accepted !== undefined) fetched.push(accepted);
    }
    return fetched;
  }

  #failureOf(bytes: FetchedBytes): Error | undefined {
    const { topic, partition, errorCode, fetchOffset } = bytes;
    if (errorCode === 0 || this.#current(bytes) === undefined) return undefined;
    if (errorCode !== OFFSET_OUT_OF_RANGE) return errorOfCode(errorCode);
    return kafkaErrors.error('KAFKA_OFFSET_OUT_OF_RANGE', { topic, partition, offset: fetchOffset });
  }

  /** Waits a little and forgets the leaders, or throws what asking again does not help. */
  async #recover(failure: unknown): Promise<void> {
    const nowMs = Date.now();
    this.#failingSinceMs ??= nowMs;
    // A broker that has just lost the partition answers so; whether the topic is gone, the next look at the leaders tells.
    const again = isTransient(failure) || protocolType(failure) === 'UNKNOWN_TOPIC_OR_PARTITION';
    if (!again || nowMs - this.#failingSinceMs > GIVE_UP_AFTER_MS) throw failure;
    this.#leaders.clear();
    await sleep(BACK_OFF_MS);
  }

  /** The partition these bytes are for, if it still stands where they were asked for. */
  #current({ topic, partition, fetchOffset }: FetchedBytes): Assigned | undefined {
    const entry = this.#assigned.get(keyOf(topic, partition));
    return entry?.offset === fetchOffset ? entry : undefined;
  }

  #accept(bytes: FetchedBytes): FetchedPartition | undefined {
    const entry = this.#current(bytes);
    if (entry === undefined || bytes.errorCode !== 0 || bytes.start === bytes.end) return undefined;
    if (entry.paused) {
      entry.held = bytes;
      return undefined;
    }
    const { topic, partition, buffer, start, end, highWatermark, abortedTransactions } = bytes;
    const { batches, nextOffset } = decodeRecords(buffer, start, end, {
      fromOffset: entry.offset,
      abortedTransactions,
    });
    entry.offset = nextOffset;
    return batches.length === 0 ? undefined : { topic, partition, batches, nextOffset, highWatermark };
  }
}

/** Bytes of the answers that these records came in. */
function bytesOf(fetched: readonly FetchedPartition[]): number {
  return new Set(fetched.flatMap(({ batches }) => batches.map(({ buffer }) => buffer)))
    .values()
    .reduce((total, buffer) => total + buffer.length, 0);
}

function closedError(): Error {
  return kafkaErrors.error('KAFKA_CLIENT_CLOSED', { part: 'reader' });
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
