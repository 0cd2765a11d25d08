import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Column, ColumnBatch, rowReader, TextIds } from '../columnar/index.ts';
import { packBatch, unpackBatch } from './column-wire.ts';
import { TextReceiver } from './text-receiver.ts';
import { TextSender } from './text-sender.ts';

const anyRow = fc.record(
  { text: fc.string({ maxLength: 3 }), value: fc.double() },
  { noNullPrototype: true },
);
/** Messages of batches, each with the dictionary that it uses; a number that was not used in a while begins anew. */
const anyMessages = fc.array(
  fc.array(fc.record({ dictionary: fc.nat(2), rows: fc.array(anyRow, { maxLength: 8 }) }), { maxLength: 3 }),
  { maxLength: 6 },
);

test('batches arrive as they were sent, over messages whose dictionaries grow, end and begin', () => {
  fc.assert(
    fc.property(anyMessages, (messages) => {
      const dictionaries = [new TextIds(), new TextIds(), new TextIds()];
      const [sender, receiver] = [new TextSender(), new TextReceiver()];
      for (const message of messages) {
        const transfer = new Set<ArrayBufferLike>();
        const packed = message.map(({ dictionary, rows }) =>
          packBatch(batchOf(rows, dictionaries[dictionary] as TextIds), sender, transfer),
        );
        const sent = { packed, texts: sender.takeTexts() };
        const arrived = structuredClone(sent, { transfer: [...transfer] as ArrayBuffer[] });
        receiver.receive(arrived.texts);
        const rows = arrived.packed.map((wire) => rowsOf(unpackBatch(wire, receiver)));
        // isDeepStrictEqual tells -0 from 0 and takes NaN for itself.
        expect(
          isDeepStrictEqual(
            rows,
            message.map((batch) => batch.rows),
          ),
        ).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

test('a text is sent once while its dictionary is in use', () => {
  const texts = new TextIds();
  const sender = new TextSender();
  const send = (...rows: readonly string[]) => {
    packBatch(
      batchOf(
        rows.map((text) => ({ text, value: 0 })),
        texts,
      ),
      sender,
      new Set(),
    );
    return sender.takeTexts();
  };
  expect(send('a', 'b', 'a')).toEqual([{ dictionary: 0, first: 0, texts: ['a', 'b'] }]);
  expect(send('b', 'c')).toEqual([{ dictionary: 0, first: 2, texts: ['c'] }]);
  expect(sender.takeTexts()).toEqual([]);
  expect(send('a')).toEqual([{ dictionary: 1, first: 0, texts: ['a', 'b', 'c'] }]);
});

function batchOf(rows: readonly { readonly text: string; readonly value: number }[], texts: TextIds) {
  const columns = new Map<string, Column>([
    ['text', { kind: 'text', ids: Int32Array.from(rows, ({ text }) => texts.id(text)), texts }],
    ['value', { kind: 'number', values: Float64Array.from(rows, ({ value }) => value) }],
  ]);
  return new ColumnBatch(rows.length, columns);
}

function rowsOf(batch: ColumnBatch) {
  const rowAt = rowReader(batch);
  return Array.from({ length: batch.rowCount }, (_, index) => rowAt(index));
}
