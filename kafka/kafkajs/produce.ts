import type { Connection } from './internals.ts';
import { sendRequest } from './send-request.ts';
import { WireReader, WireWriter } from './wire.ts';

export interface ProduceRequest {
  readonly transactionalId: string | null;
  readonly acks: -1 | 0 | 1;
  readonly timeoutMs: number;
  /** At most one batch a partition. */
  readonly batches: readonly { readonly topic: string; readonly partition: number; readonly bytes: Buffer }[];
}

export interface ProduceFailure {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
}

/** Produce, version 7. Resolves with the partitions that failed; with acks 0 as soon as the request was written. */
export async function produce(connection: Connection, request: ProduceRequest): Promise<ProduceFailure[]> {
  const expectResponse = request.acks !== 0;
  const answer = await sendRequest(connection, {
    apiKey: 0,
    apiName: 'Produce',
    apiVersion: 7,
    body: encodeProduce(request),
    expectResponse,
  });
  return expectResponse ? readFailures(connection, new WireReader(answer)) : [];
}

/** The request's chunks: what frames the batches, and the batches themselves, in turn. */
export function encodeProduce(request: ProduceRequest): Buffer[] {
  const { transactionalId, acks, timeoutMs, batches } = request;
  const chunks: Buffer[] = [];
  const topics = Map.groupBy(batches, ({ topic }) => topic);
  let frame = new WireWriter().string(transactionalId).int16(acks).int32(timeoutMs).int32(topics.size);
  for (const [topic, ofTopic] of topics) {
    frame.string(topic).int32(ofTopic.length);
    for (const { partition, bytes } of ofTopic) {
      chunks.push(frame.int32(partition).int32(bytes.length).bytes(), bytes);
      frame = new WireWriter();
    }
  }
  return chunks;
}

function readFailures(connection: Connection, reader: WireReader): ProduceFailure[] {
  const failures: ProduceFailure[] = [];
  for (let topics = reader.int32(); topics > 0; topics--) {
    const topic = reader.string() ?? '';
    for (let partitions = reader.int32(); partitions > 0; partitions--) {
      const partition = reader.int32();
      const errorCode = reader.int16();
      reader.skip(3 * 8);
      if (errorCode !== 0) failures.push({ topic, partition, errorCode });
    }
  }
  connection.requestQueue.maybeThrottle(reader.int32());
  return failures;
}
