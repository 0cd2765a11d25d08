import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWriter } from './byte-writer.ts';

test('writes numbers as JSON does, over any growth of its buffer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.string({ unit: 'grapheme-ascii' }))),
      (parts) => {
        const writer = new ByteWriter(0);
        for (const part of parts) {
          if (typeof part === 'number') writer.integer(part);
          else if (part.length % 2 === 0) writer.text(part);
          else writer.bytes(Buffer.from(part));
        }
        expect(writer.written.toString()).toBe(
          parts.map((part) => (Object.is(part, -0) ? 0 : part)).join(''),
        );
      },
    ),
  );
});

test('writes the powers of ten and their neighbours', () => {
  for (let power = 1; power <= 1e15; power *= 10) {
    for (const value of [power - 1, power, power + 1, -power]) {
      const writer = new ByteWriter(64);
      writer.integer(value);
      expect(writer.written.toString()).toBe(String(value));
    }
  }
});

test('takes back what was written beyond a length', () => {
  const writer = new ByteWriter(8);
  writer.bytes(Buffer.from('{"seq":1}'));
  writer.truncate(5);
  writer.integer(7);
  expect(writer.written.toString()).toBe('{"seq7');
});
