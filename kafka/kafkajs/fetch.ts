import type { AbortedTransaction } from '../codec/index.ts';
import type { Isolation, Position } from '../port/index.ts';
import type { Connection } from './internals.ts';
import { sendRequest } from './send-request.ts';
import { WireReader, WireWriter } from './wire.ts';

export interface FetchRequest {
  readonly isolation: Isolation;
  readonly maxWaitMs: number;
  readonly maxBytes: number;
  readonly maxBytesPerPartition: number;
  readonly positions: readonly Position[];
}

export interface FetchedBytes {
  readonly topic: string;
  readonly partition: number;
  /** The offset that was asked for. */
  readonly fetchOffset: number;
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly abortedTransactions: readonly AbortedTransaction[];
  /** The whole response, of which the partition's records are from start to end. */
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
}

export interface FetchResponse {
  /** How long the broker asks to hold back further requests. */
  readonly throttleMs: number;
  readonly errorCode: number;
  readonly partitions: readonly FetchedBytes[];
}

const CONSUMER_REPLICA = -1;
const NO_SESSION_ID = 0;
const NO_SESSION_EPOCH = -1;
const UNKNOWN = -1;

/** Fetch, version 11, without a fetch session. The broker answers as soon as it has one byte, or after maxWaitMs. */
export async function fetch(connection: Connection, request: FetchRequest): Promise<FetchResponse> {
  const answer = await sendRequest(connection, {
    apiKey: 1,
    apiName: 'Fetch',
    apiVersion: 11,
    body: [encodeFetch(request)],
    expectResponse: true,
    holdMs: request.maxWaitMs,
  });
  const response = readFetch(answer, request.positions);
  connection.requestQueue.maybeThrottle(response.throttleMs);
  return response;
}

/** Body of the request. */
export function encodeFetch(request: FetchRequest): Buffer {
  const byTopic = Map.groupBy(request.positions, ({ topic }) => topic);
  const writer = new WireWriter()
    .int32(CONSUMER_REPLICA)
    .int32(request.maxWaitMs)
    .int32(1)
    .int32(request.maxBytes)
    .int8(request.isolation === 'read-committed' ? 1 : 0)
    .int32(NO_SESSION_ID)
    .int32(NO_SESSION_EPOCH)
    .int32(byTopic.size);
  for (const [topic, positions] of byTopic) {
    writer.string(topic).int32(positions.length);
    for (const { partition, offset } of positions) {
      writer.int32(partition).int32(UNKNOWN).int64(offset).int64(UNKNOWN).int32(request.maxBytesPerPartition);
    }
  }
  return writer.int32(0).string('').bytes();
}

/** The response, its records not yet decoded. */
export function readFetch(buffer: Buffer, positions: readonly Position[]): FetchResponse {
  const reader = new WireReader(buffer);
  const throttleMs = reader.int32();
  const errorCode = reader.int16();
  reader.skip(4);
  const partitions: FetchedBytes[] = [];
  for (let topics = reader.int32(); topics > 0; topics--) {
    const topic = reader.string() ?? '';
    for (let count = reader.int32(); count > 0; count--) {
      partitions.push(readPartition(topic, positions, buffer, reader));
    }
  }
  return { throttleMs, errorCode, partitions };
}

function readPartition(
  topic: string,
  positions: readonly Position[],
  buffer: Buffer,
  reader: WireReader,
): FetchedBytes {
  const partition = reader.int32();
  const asked = positions.find((each) => each.partition === partition && each.topic === topic);
  const errorCode = reader.int16();
  const highWatermark = reader.int64();
  reader.skip(2 * 8);
  const abortedTransactions: AbortedTransaction[] = [];
  for (let count = reader.int32(); count > 0; count--) {
    abortedTransactions.push({ producerId: reader.int64(), firstOffset: reader.int64() });
  }
  reader.skip(4);
  const length = Math.max(reader.int32(), 0);
  const start = reader.position;
  reader.skip(length);
  return {
    topic,
    partition,
    fetchOffset: asked?.offset ?? UNKNOWN,
    errorCode,
    highWatermark,
    abortedTransactions,
    buffer,
    start,
    end: start + length,
  };
}
