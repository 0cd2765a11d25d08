import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchWriter } from '../codec/index.ts';
import { encodeFetch, readFetch } from './fetch.ts';
import { encodeProduce } from './produce.ts';
import { WireReader, WireWriter } from './wire.ts';

interface Encoder {
  readonly buffer: Buffer;
}

interface KafkajsFetchResponse {
  readonly clientSideThrottleTime: number;
  readonly responses: readonly {
    readonly topicName: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly errorCode: number;
      readonly highWatermark: string;
      readonly abortedTransactions: readonly { readonly producerId: string; readonly firstOffset: string }[];
    }[];
  }[];
}

const require = createRequire(import.meta.url);
const requests = 'kafkajs/src/protocol/requests';
const kafkajsProduce: (options: object) => { encode(): Promise<Encoder> } = require(
  `${requests}/produce/v7/request`,
);
const kafkajsFetch: (options: object) => { encode(): Promise<Encoder> } = require(
  `${requests}/fetch/v11/request`,
);
const kafkajsFetchResponse: { decode(bytes: Buffer): Promise<KafkajsFetchResponse> } = require(
  `${requests}/fetch/v11/response`,
);

const topic = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const partition = fc.nat(1_000);
const offset = fc.nat(2 ** 45);

describe('requests', () => {
  it('a produce request is what kafkajs sends, batch apart', async () => {
    const ofTopic = fc.record({
      topic,
      partitions: fc.uniqueArray(partition, { minLength: 1, maxLength: 4 }),
    });
    const topics = fc.uniqueArray(ofTopic, { selector: (each) => each.topic, minLength: 1, maxLength: 4 });
    const transactionalId = fc.option(fc.string({ unit: 'grapheme', maxLength: 10 }));
    await fc.assert(
      fc.asyncProperty(topics, transactionalId, async (wanted, id) => {
        const timestamp = 1_700_000_000_000;
        const writer = new BatchWriter();
        writer.append(null, 'x', timestamp);
        // kafkajs writes 0 where we write "unknown" or "none".
        const stamp = { producerId: 7, producerEpoch: 1, baseSequence: 2, transactional: !!id };
        const bytes = Buffer.from(writer.finish(stamp));
        bytes.writeInt32BE(0, 12);
        const ours = encodeProduce({
          transactionalId: id,
          acks: -1,
          timeoutMs: 30_000,
          batches: wanted.flatMap((each) =>
            each.partitions.map((number) => ({ topic: each.topic, partition: number, bytes })),
          ),
        });
        const theirs = await kafkajsProduce({
          acks: -1,
          timeout: 30_000,
          transactionalId: id,
          producerId: 7,
          producerEpoch: 1,
          topicData: wanted.map((each) => ({
            topic: each.topic,
            partitions: each.partitions.map((number) => ({
              partition: number,
              firstSequence: 2,
              messages: [{ key: null, value: 'x', timestamp }],
            })),
          })),
        }).encode();
        expect(Buffer.concat(ours)).toEqual(theirs.buffer);
      }),
    );
  });

  it('a fetch request is what kafkajs sends', async () => {
    const positions = fc.array(fc.record({ topic, partition, offset }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(positions, fc.boolean(), async (wanted, isCommitted) => {
        const ours = encodeFetch({
          isolation: isCommitted ? 'read-committed' : 'read-uncommitted',
          maxWaitMs: 123,
          maxBytes: 1_000_000,
          maxBytesPerPartition: 1_000,
          positions: wanted,
        });
        const theirs = await kafkajsFetch({
          replicaId: -1,
          maxWaitTime: 123,
          minBytes: 1,
          maxBytes: 1_000_000,
          isolationLevel: isCommitted ? 1 : 0,
          topics: [...Map.groupBy(wanted, (each) => each.topic)].map(([name, partitions]) => ({
            topic: name,
            partitions: partitions.map((each) => ({
              partition: each.partition,
              fetchOffset: each.offset,
              maxBytes: 1_000,
            })),
          })),
        }).encode();
        expect(ours).toEqual(theirs.buffer);
      }),
    );
  });
});

describe('responses', () => {
  it('a fetch response is read as kafkajs reads it', async () => {
    const answer = fc.record({
      partition,
      errorCode: fc.nat(90),
      highWatermark: offset,
      aborted: fc.array(fc.record({ producerId: fc.nat(), firstOffset: offset }), { maxLength: 3 }),
    });
    const topics = fc.array(fc.record({ name: topic, partitions: fc.array(answer, { maxLength: 3 }) }), {
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(topics, async (wanted) => {
        const writer = new WireWriter().int32(12).int16(0).int32(0).int32(wanted.length);
        for (const { name, partitions } of wanted) {
          writer.string(name).int32(partitions.length);
          for (const each of partitions) {
            writer.int32(each.partition).int16(each.errorCode).int64(each.highWatermark).int64(1).int64(0);
            writer.int32(each.aborted.length);
            for (const { producerId, firstOffset } of each.aborted)
              writer.int64(producerId).int64(firstOffset);
            writer.int32(-1).int32(0);
          }
        }
        const theirs = await kafkajsFetchResponse.decode(writer.bytes());
        const ours = readFetch(writer.bytes(), []);
        expect(ours.throttleMs).toBe(theirs.clientSideThrottleTime);
        expect(ours.partitions).toMatchObject(
          theirs.responses.flatMap(({ topicName, partitions }) =>
            partitions.map((each) => ({
              topic: topicName,
              partition: each.partition,
              errorCode: each.errorCode,
              highWatermark: Number(each.highWatermark),
              abortedTransactions: each.abortedTransactions.map((aborted) => ({
                producerId: Number(aborted.producerId),
                firstOffset: Number(aborted.firstOffset),
              })),
            })),
          ),
        );
        expect(ours.partitions).toHaveLength(wanted.flatMap(({ partitions }) => partitions).length);
      }),
    );
  });

  it('primitives come back as written, also those of the flexible versions', () => {
    fc.assert(
      fc.property(fc.nat(), topic, fc.maxSafeInteger(), (varint, text, wide) => {
        const writer = new WireWriter().unsignedVarint(varint).compactString(text).int64(wide).string(null);
        const reader = new WireReader(
          writer.unsignedVarint(1).unsignedVarint(5).unsignedVarint(2).int16(9).int8(1).bytes(),
        );
        expect([reader.unsignedVarint(), reader.compactString(), reader.int64(), reader.string()]).toEqual([
          varint,
          text,
          wide,
          null,
        ]);
        const before = reader.position;
        reader.skipTags();
        expect(reader.position - before).toBe(5);
      }),
    );
  });
});
