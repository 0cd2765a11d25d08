import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row, Schema } from '../../pipeline/index.ts';
import { allocateRing, Bell, RingReader, RingWriter } from '../exchange/index.ts';
import { EpochReader, EpochSink, OutputPartitioner, RecordDecoder, ResultEncoder } from './index.ts';

const silent = () => new Bell(new SharedArrayBuffer(Bell.BYTES));

test("keys go to the partition that Kafka's default partitioner gives them", () => {
  const murmur2 = createRequire(import.meta.url)('kafkajs/src/producer/partitioners/default/murmur2.js') as (
    key: Buffer,
  ) => number;
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 50 }), (key, partitions) => {
      const expected = (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
      expect(new OutputPartitioner(partitions).target(key)).toEqual({
        keyBytes: Buffer.from(key),
        partition: expected,
      });
    }),
  );
});

test('the bytes of a result are what JSON.stringify makes of its fields in order', () => {
  const schema: Schema = { user: 'utf8', 'odd "name"': 'int64', mean: 'float64' };
  const encoder = new ResultEncoder(schema);
  const text = (row: Row) => Buffer.from(encoder.encode(row)).toString();
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.double(), (user, whole, mean) => {
      const row = { mean, 'odd "name"': whole, user };
      expect(text(row)).toBe(JSON.stringify({ user, 'odd "name"': whole, mean }));
    }),
    {
      examples: [
        ['\ud800', 0, Number.NaN],
        ['"\\\n', -1, Number.POSITIVE_INFINITY],
        ['\u00e9\u20ac\ud83d\ude00', -0, -0],
        ['x'.repeat(5_000), 999_999_999, 1e21],
        ['\u007f\u2028', 1_000_000_000, 1_000_000_001],
        ['', Number.MAX_SAFE_INTEGER, 2 ** 53],
        ['', Number.MIN_SAFE_INTEGER, -(2 ** 53) - 2],
        ['', -1_999_999_999, 5e-324],
      ],
    },
  );
});

test('records are decoded to the wanted fields', () => {
  const schema: Schema = { id: 'int64', name: 'utf8', extra: 'utf8', share: 'float64' };
  const decoder = new RecordDecoder(schema, ['id', 'name', 'share']);
  const names = fc.oneof(fc.constantFrom('a', 'b'), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      names,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (id, name, share) => {
        const bytes = Buffer.from(JSON.stringify({ id, name, extra: 'x', share }));
        const framed = Buffer.concat([Buffer.from('[['), bytes, Buffer.from(']]')]);
        expect(decoder.decode(framed, 2, 2 + bytes.length)).toBe(true);
        // JSON has no negative zero.
        expect(decoder.row()).toEqual({ id: id + 0, name, share: share + 0 });
      },
    ),
  );
  expect(decoder.decode(Buffer.from('{"id":1}'), 0, 8)).toBe(false);
});

test('outputs cross the ring unchanged, and the reader stops at the end of an epoch', async () => {
  const record = fc.tuple(
    fc.nat(3),
    fc.nat(100),
    fc.option(fc.uint8Array({ maxLength: 10 })),
    fc.option(fc.string({ unit: 'grapheme', maxLength: 120 })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 30 }),
      fc.array(record, { maxLength: 5 }),
      async (first, second) => {
        const memory = allocateRing(256);
        const sink = new EpochSink(new RingWriter(memory, silent()));
        const reader = new EpochReader(new RingReader(memory, silent()));
        const received: unknown[] = [];
        const read = () =>
          reader.read((output, partition, key, value) => {
            received.push([
              output,
              partition,
              key && Uint8Array.from(key),
              value && Buffer.from(value).toString(),
            ]);
          });
        const drain = () => {
          do sink.flush();
          while (read() || sink.blocked);
        };
        for (const fields of first) sink.write(...fields);
        await sink.endEpoch(4);
        for (const fields of second) sink.write(...fields);
        drain();
        expect(reader.endedCheckpointId).toBe(4);
        const expected = (records: typeof first) =>
          records.map(([output, partition, key, value]) => [
            output,
            partition,
            key && Uint8Array.from(key),
            value,
          ]);
        expect(received).toEqual(expected(first));
        reader.nextEpoch();
        drain();
        expect(received).toEqual([...expected(first), ...expected(second)]);
      },
    ),
    { numRuns: 100 },
  );
});
