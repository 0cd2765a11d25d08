import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bytes, Header, RecordBatch } from '../port/index.ts';
import { BatchWriter, decodeRecords } from './index.ts';
import { decodeWithKafkajs, encodeKafkajsBatch, encodeKafkajsRecord } from './kafkajs-originals.ts';

interface PlainRecord {
  readonly key: Bytes | null;
  readonly value: Bytes | null;
  readonly timestampMs: number;
  readonly headers: readonly Header[];
}

const bytes = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 90 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }),
);
const present = bytes.map((value) => value ?? '');
const timestamp = fc.oneof(
  fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }),
  fc.integer({ min: 0, max: 2 ** 43 }),
);
const header = fc.record({ key: fc.string({ unit: 'binary', maxLength: 12 }), value: bytes });
const record: fc.Arbitrary<PlainRecord> = fc.record({
  key: bytes,
  value: bytes,
  timestampMs: timestamp,
  headers: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(header, { maxLength: 3 }) },
  ),
});
const records = fc.array(record, { minLength: 1, maxLength: 12 });

const asBuffer = (value: Bytes | null) => (value === null ? null : Buffer.from(value as string));

function encode(plain: readonly PlainRecord[]): Buffer {
  const writer = new BatchWriter(1);
  for (const { key, value, timestampMs, headers } of plain) writer.append(key, value, timestampMs, headers);
  return writer.finish();
}

function rows(batches: readonly RecordBatch[]) {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.count }, (_, index) => ({
      offset: batch.offsets[index],
      timestampMs: batch.timestampsMs[index],
      key: slice(batch, batch.keyStart[index], batch.keyEnd[index]),
      value: slice(batch, batch.valueStart[index], batch.valueEnd[index]),
      headers: batch.headers(index),
    })),
  );
}

function slice(batch: RecordBatch, start = -1, end = -1): Buffer | null {
  return start < 0 ? null : batch.buffer.subarray(start, end);
}

const expected = (plain: readonly PlainRecord[], baseOffset = 0) =>
  plain.map(({ key, value, timestampMs, headers }, index) => ({
    offset: baseOffset + index,
    timestampMs,
    key: asBuffer(key),
    value: asBuffer(value),
    headers: headers.map((each) => ({ key: Buffer.from(each.key).toString(), value: asBuffer(each.value) })),
  }));

describe('record-batch codec', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(records, (plain) => {
        const batch = encode(plain);
        const decoded = decodeRecords(batch, 0, batch.length, { fromOffset: 0 });
        expect(rows(decoded.batches)).toEqual(expected(plain));
        expect(decoded.nextOffset).toBe(plain.length);
      }),
    );
  });

  it('is read by kafkajs as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (plain) => {
        const read = await decodeWithKafkajs(encode(plain));
        expect(read.map(({ offset, timestamp: at, key, value }) => ({ offset, at, key, value }))).toEqual(
          plain.map(({ key, value, timestampMs }, index) => ({
            offset: `${index}`,
            at: `${timestampMs}`,
            key: asBuffer(key),
            value: asBuffer(value),
          })),
        );
        // kafkajs collects headers in a plain object, where `valueOf` and its like are there before.
        const isOwn = (key: string) => !(key in Object.prototype);
        const headersOf = (index: number) =>
          Object.entries(read[index]?.headers ?? {}).flatMap(([key, values]) => (isOwn(key) ? values : []));
        expect(plain.map((_, index) => headersOf(index).length)).toEqual(
          plain.map(({ headers }) => headers.filter(({ key }) => isOwn(key)).length),
        );
      }),
      { examples: [[[{ key: '', value: '', timestampMs: 0, headers: [{ key: 'valueOf', value: '' }] }]]] },
    );
  });

  it('reads what kafkajs wrote', async () => {
    const headers = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__'),
      present.map((value) => Buffer.from(value as string)),
      { maxKeys: 3 },
    );
    const kafkajsRecord = fc.record({ key: bytes, value: bytes, timestampMs: timestamp, headers });
    await fc.assert(
      fc.asyncProperty(
        fc.array(kafkajsRecord, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.constantFrom(0, 1),
        async (plain, firstOffset, compression) => {
          const times = plain.map(({ timestampMs }) => timestampMs);
          const firstTimestamp = times[0] as number;
          const batch = await encodeKafkajsBatch({
            compression,
            firstOffset,
            firstTimestamp,
            maxTimestamp: Math.max(...times),
            lastOffsetDelta: plain.length - 1,
            records: plain.map((each, index) =>
              encodeKafkajsRecord({
                offsetDelta: index,
                timestampDelta: each.timestampMs - firstTimestamp,
                key: asBuffer(each.key),
                value: asBuffer(each.value),
                headers: each.headers,
              }),
            ),
          });
          const decoded = decodeRecords(batch.buffer, 0, batch.buffer.length, { fromOffset: firstOffset });
          const asHeaders = (from: Record<string, Buffer>) =>
            Object.entries(from).map(([key, value]) => ({ key, value }));
          expect(rows(decoded.batches)).toEqual(
            expected(
              plain.map((each) => ({ ...each, headers: asHeaders(each.headers) })),
              firstOffset,
            ),
          );
          expect(decoded.nextOffset).toBe(firstOffset + plain.length);
        },
      ),
    );
  });

  it('is byte for byte what kafkajs writes, but for the unknown leader epoch and the absent producer', async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.nat(2 ** 40),
        fc.nat(32_000),
        fc.nat(2 ** 30),
        async (plain, id, epoch, sequence) => {
          const writer = new BatchWriter();
          for (const { key, value, timestampMs } of plain) writer.append(key, value, timestampMs);
          const ours = Buffer.from(
            writer.finish({
              producerId: id,
              producerEpoch: epoch,
              baseSequence: sequence,
              transactional: true,
            }),
          );
          const times = plain.map(({ timestampMs }) => timestampMs);
          const firstTimestamp = times[0] as number;
          const theirs = await encodeKafkajsBatch({
            firstTimestamp,
            maxTimestamp: Math.max(...times),
            lastOffsetDelta: plain.length - 1,
            transactional: true,
            producerId: id,
            producerEpoch: epoch,
            firstSequence: sequence,
            records: plain.map(({ key, value, timestampMs }, index) =>
              encodeKafkajsRecord({
                offsetDelta: index,
                timestampDelta: timestampMs - firstTimestamp,
                key: asBuffer(key),
                value: asBuffer(value),
              }),
            ),
          });
          ours.writeInt32BE(0, 12);
          expect(ours.equals(theirs.buffer)).toBe(true);
        },
      ),
    );
  });

  it('refuses any single flipped bit, whatever part it hits', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, place, bit) => {
        const batch = Buffer.from(encode(plain));
        const at = 17 + (place % (batch.length - 17));
        batch[at] = (batch[at] as number) ^ (1 << bit);
        expect(() => decodeRecords(batch, 0, batch.length, { fromOffset: 0 })).toThrow(
          expect.objectContaining({ code: 'KAFKA_BATCH_CORRUPT' }),
        );
      }),
    );
  });
});
