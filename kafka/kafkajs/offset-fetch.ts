import type { CommittedOffset } from '../port/index.ts';
import { errorOfCode } from './failure.ts';
import type { Connection } from './internals.ts';
import { sendRequest } from './send-request.ts';
import { WireReader, WireWriter } from './wire.ts';

const NO_TAGS = 0;

/**
 * OffsetFetch, version 7, with `requireStable`: while a transaction that holds offsets of the group is being ended, the broker
 * answers UNSTABLE_OFFSET_COMMIT rather than the offsets of before (KIP-447). kafkajs's own versions show the old ones.
 */
export async function fetchCommittedOffsets(
  connection: Connection,
  group: string,
  topic: string,
  partitions: number,
): Promise<(CommittedOffset | undefined)[]> {
  const writer = new WireWriter().unsignedVarint(NO_TAGS).compactString(group);
  writer
    .unsignedVarint(2)
    .compactString(topic)
    .unsignedVarint(partitions + 1);
  for (let partition = 0; partition < partitions; partition++) writer.int32(partition);
  const requireStable = 1;
  const body = writer.unsignedVarint(NO_TAGS).int8(requireStable).unsignedVarint(NO_TAGS).bytes();
  const answer = await sendRequest(connection, {
    apiKey: 9,
    apiName: 'OffsetFetch',
    apiVersion: 7,
    body: [body],
    expectResponse: true,
  });
  const reader = new WireReader(answer);
  reader.skipTags();
  connection.requestQueue.maybeThrottle(reader.int32());
  const offsets: (CommittedOffset | undefined)[] = new Array(partitions).fill(undefined);
  for (let topics = reader.unsignedVarint() - 1; topics > 0; topics--) {
    reader.compactString();
    for (let count = reader.unsignedVarint() - 1; count > 0; count--) {
      const partition = reader.int32();
      const offset = reader.int64();
      reader.skip(4);
      const metadata = reader.compactString() ?? '';
      failIf(reader.int16());
      reader.skipTags();
      if (offset >= 0) offsets[partition] = { offset, metadata };
    }
    reader.skipTags();
  }
  failIf(reader.int16());
  return offsets;
}

function failIf(errorCode: number): void {
  if (errorCode !== 0) throw errorOfCode(errorCode);
}
