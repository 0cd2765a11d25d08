import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { valueText } from '../port/index.ts';
import { AT } from './batch-layout.ts';
import { batchOf, markerOf } from './batch-surgery.ts';
import { type AbortedTransaction, decodeRecords } from './index.ts';

const TRANSACTIONAL = 0x10;

function decode(bytes: Buffer, fromOffset = 0, abortedTransactions?: readonly AbortedTransaction[]) {
  const { batches, nextOffset } = decodeRecords(bytes, 0, bytes.length, {
    fromOffset,
    ...(abortedTransactions === undefined ? {} : { abortedTransactions }),
  });
  const values = batches.flatMap((batch) =>
    Array.from({ length: batch.count }, (_, index) => valueText(batch, index)),
  );
  return { batches, nextOffset, values };
}

const recordsOf = (batch: Buffer) => batch.subarray(AT.records);

describe('decodeRecords', () => {
  it('makes one run of neighbouring batches, over the buffer it was given', () => {
    const bytes = Buffer.concat([batchOf(['a', 'b']), batchOf(['c'], { baseOffset: 7 })]);
    const { batches, nextOffset, values } = decode(bytes);
    expect(values).toEqual(['a', 'b', 'c']);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.buffer).toBe(bytes);
    expect([...(batches[0]?.offsets.subarray(0, 3) ?? [])]).toEqual([0, 1, 7]);
    expect(nextOffset).toBe(8);
  });

  it('leaves a batch that is cut short for the next fetch, wherever the cut is', () => {
    const whole = batchOf(['a']);
    const next = batchOf(['b'], { baseOffset: 1 });
    for (let cut = 0; cut < next.length; cut++) {
      const { values, nextOffset } = decode(Buffer.concat([whole, next.subarray(0, cut)]));
      expect({ values, nextOffset }).toEqual({ values: ['a'], nextOffset: 1 });
    }
  });

  it('leaves out the records below the asked offset', () => {
    const bytes = Buffer.concat([
      batchOf(['old'], { baseOffset: 3 }),
      batchOf(['a', 'b', 'c'], { baseOffset: 10 }),
    ]);
    expect(decode(bytes, 11)).toMatchObject({ values: ['b', 'c'], nextOffset: 13 });
    expect(decode(bytes, 13)).toMatchObject({ values: [], nextOffset: 13, batches: [] });
  });

  it('gives every record the broker’s time when the topic has LogAppendTime', () => {
    const { batches } = decode(batchOf(['a', 'b'], { attributes: 0x08, maxTimestampMs: 123_456 }));
    expect([...(batches[0]?.timestampsMs ?? [])]).toEqual([123_456, 123_456]);
  });

  it('unpacks gzip and zstd, each into a buffer of its own, in the order of the log', () => {
    const packed = (
      values: string[],
      attributes: number,
      pack: (bytes: Buffer) => Buffer,
      baseOffset: number,
    ) => batchOf(values, { attributes, baseOffset, records: pack(recordsOf(batchOf(values))) });
    const bytes = Buffer.concat([
      batchOf(['plain']),
      packed(['a', 'b'], 1, gzipSync, 1),
      packed(['c'], 4, zstdCompressSync, 3),
      batchOf(['plain too'], { baseOffset: 4 }),
    ]);
    const { batches, values, nextOffset } = decode(bytes);
    expect(values).toEqual(['plain', 'a', 'b', 'c', 'plain too']);
    expect(batches).toHaveLength(4);
    expect(nextOffset).toBe(5);
  });

  it('names a codec it cannot unpack', () => {
    expect(() => decode(batchOf(['a'], { attributes: 2 }))).toThrow(/compressed with snappy/);
    expect(() => decode(batchOf(['a'], { attributes: 3 }))).toThrow(/compressed with lz4/);
    expect(() => decode(batchOf(['a'], { attributes: 3 }))).toThrow(
      expect.objectContaining({ code: 'KAFKA_COMPRESSION_UNSUPPORTED' }),
    );
  });

  it('refuses compressed data that are damaged before the CRC was made', () => {
    const bytes = batchOf(['a'], { attributes: 1, records: Buffer.from('no gzip') });
    expect(() => decode(bytes)).toThrow(expect.objectContaining({ code: 'KAFKA_BATCH_CORRUPT' }));
  });

  it('refuses the message sets of old brokers and formats of the future', () => {
    const bytes = batchOf(['a']);
    for (const [magic, code] of [
      [0, 'KAFKA_MESSAGE_FORMAT_UNSUPPORTED'],
      [1, 'KAFKA_MESSAGE_FORMAT_UNSUPPORTED'],
      [3, 'KAFKA_BATCH_CORRUPT'],
    ] as const) {
      bytes[AT.magic] = magic;
      expect(() => decode(bytes)).toThrow(expect.objectContaining({ code }));
    }
  });

  it('refuses records that overrun or do not fill their batch, though the CRC is right', () => {
    const records = Buffer.from(recordsOf(batchOf(['abc'])));
    const lengthTooBig = Buffer.from(records);
    lengthTooBig[0] = (lengthTooBig[0] as number) + 2;
    const endless = Buffer.alloc(records.length, 0xff);
    for (const broken of [lengthTooBig, endless, Buffer.concat([records, Buffer.alloc(3)])]) {
      expect(() => decode(batchOf(['abc'], { records: broken }))).toThrow(
        expect.objectContaining({ code: 'KAFKA_BATCH_CORRUPT' }),
      );
    }
  });
});

describe('transactions', () => {
  const of = (value: string, producerId: number, baseOffset: number) =>
    batchOf([value], { producerId, baseOffset, attributes: TRANSACTIONAL });

  it('leaves out control records and moves the position past them', () => {
    const bytes = Buffer.concat([of('a', 1, 0), markerOf('commit', 1, 1)]);
    expect(decode(bytes, 0, [])).toMatchObject({ values: ['a'], nextOffset: 2 });
  });

  it('leaves out an aborted transaction up to its marker, and nothing of others', () => {
    const bytes = Buffer.concat([
      of('aborted', 1, 0),
      of('other producer', 2, 1),
      batchOf(['no transaction'], { baseOffset: 2, producerId: 1 }),
      of('aborted too', 1, 3),
      markerOf('abort', 1, 4),
      of('next transaction', 1, 5),
      markerOf('commit', 1, 6),
      of('second abort', 1, 7),
    ]);
    const aborted = [
      { producerId: 1, firstOffset: 7 },
      { producerId: 1, firstOffset: 0 },
    ];
    expect(decode(bytes, 0, aborted)).toMatchObject({
      values: ['other producer', 'no transaction', 'next transaction'],
      nextOffset: 8,
    });
  });

  it('shows aborted records to a reader of everything', () => {
    const bytes = Buffer.concat([of('aborted', 1, 0), markerOf('abort', 1, 1)]);
    expect(decode(bytes)).toMatchObject({ values: ['aborted'], nextOffset: 2 });
  });

  it('knows an aborted transaction that began before the fetch', () => {
    const bytes = Buffer.concat([of('aborted', 9, 20), markerOf('abort', 9, 21), of('kept', 9, 22)]);
    expect(decode(bytes, 20, [{ producerId: 9, firstOffset: 3 }]).values).toEqual(['kept']);
  });
});
