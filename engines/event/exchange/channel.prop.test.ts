import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schema } from '../../pipeline/index.ts';
import {
  allocateRing,
  Bell,
  ChannelReader,
  ChannelWriter,
  ENTRY,
  RingReader,
  RingWriter,
  rowLayout,
} from './index.ts';

const silent = () => new Bell(new SharedArrayBuffer(Bell.BYTES));
const RULE: Schema = { note: 'utf8', limit: 'int64' };
const SCHEMA: Schema = { merchant: 'utf8', amountMinor: 'int64', weight: 'float64', note: 'utf8' };

interface Sent {
  readonly kind: 'element' | 'rule' | 'watermark' | 'idle' | 'active';
  readonly source: number;
  readonly row: Record<string, string | number>;
  readonly timeMs: number;
  readonly raw: Uint8Array;
}

const sent: fc.Arbitrary<Sent> = fc.record({
  kind: fc.constantFrom('element', 'element', 'rule', 'watermark', 'idle', 'active'),
  row: fc.record({
    merchant: fc.oneof(
      fc.constantFrom('a', 'b', 'zürich', ''),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    ),
    amountMinor: fc.maxSafeInteger(),
    weight: fc.double({ noNaN: true }),
    note: fc.constantFrom('x', '€'),
  }),
  timeMs: fc.integer(),
  source: fc.nat(255),
  raw: fc.uint8Array({ maxLength: 40 }),
});

test.each([true, false])('entries arrive as they were sent (original bytes: %s)', (withRaw) => {
  const layout = rowLayout(SCHEMA, new Set(Object.keys(SCHEMA)), withRaw);
  const inputs = [
    { layout, keyField: 'merchant' },
    { layout: rowLayout(RULE, new Set(Object.keys(RULE)), false), keyField: undefined },
  ];
  fc.assert(
    fc.property(fc.array(sent, { maxLength: 60 }), fc.nat(5), (entries, flushEvery) => {
      const memory = allocateRing(1024);
      const writer = new ChannelWriter(new RingWriter(memory, silent()), inputs);
      const reader = new ChannelReader(new RingReader(memory, silent()), inputs);
      const received: unknown[] = [];
      const receive = () => {
        for (let entry = reader.next(); entry !== ENTRY.none; entry = reader.next()) {
          received.push(
            entry === ENTRY.element
              ? [reader.key, reader.row, reader.timestampMs, withRaw ? rawOf(reader) : undefined]
              : entry === ENTRY.secondElement
                ? [reader.key, reader.row, reader.timestampMs]
                : [entry, reader.source, entry === ENTRY.watermark ? reader.watermarkMs : undefined],
          );
        }
      };
      entries.forEach((entry, index) => {
        if (entry.kind === 'element') {
          const buffer = Buffer.concat([Buffer.from('##'), entry.raw, Buffer.from('##')]);
          writer.element(entry.row, entry.timeMs, { buffer, start: 2, end: 2 + entry.raw.length });
        } else if (entry.kind === 'rule') writer.secondElement(ruleOf(entry), entry.timeMs, undefined);
        else if (entry.kind === 'watermark') writer.watermark(entry.source, entry.timeMs);
        else writer.status(entry.source, entry.kind);
        if (index % (flushEvery + 1) === 0) {
          while (!writer.flush()) receive();
        }
      });
      while (!writer.flush()) receive();
      receive();
      expect(received).toEqual(
        entries.map((entry) => {
          const { kind, row, timeMs, source, raw } = entry;
          if (kind === 'element')
            return [row.merchant, row, timeMs, withRaw ? Uint8Array.from(raw) : undefined];
          if (kind === 'rule') return ['', ruleOf(entry), timeMs];
          return [ENTRY[kind], source, kind === 'watermark' ? timeMs : undefined];
        }),
      );
    }),
    { numRuns: 100 },
  );
});

function ruleOf({ row, source }: Sent) {
  return { note: row.note as string, limit: source };
}

function rawOf(reader: ChannelReader): Uint8Array | undefined {
  return reader.raw && Uint8Array.from(reader.raw.buffer.subarray(reader.raw.start, reader.raw.end));
}

test('a barrier ends its frame', () => {
  const layout = rowLayout({ key: 'int64' }, new Set(['key']), false);
  const memory = allocateRing(1024);
  const writer = new ChannelWriter(new RingWriter(memory, silent()), [{ layout, keyField: 'key' }]);
  const reader = new ChannelReader(new RingReader(memory, silent()), [{ layout, keyField: 'key' }]);
  writer.element({ key: 1 }, 0, undefined);
  writer.barrier(9);
  writer.flush();
  writer.element({ key: 2 }, 0, undefined);
  writer.flush();
  expect([reader.next(), reader.next(), reader.checkpointId]).toEqual([ENTRY.element, ENTRY.barrier, 9]);
  expect([reader.next(), reader.key]).toEqual([ENTRY.element, 2]);
});
