import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyIndex } from './key-index.ts';

const anyKey = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.nat({ max: 300 }).map((n) => `m${n}`),
);

test('finds what a Map of texts finds, wherever it stands in the bytes', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyKey, { maxLength: 200 }), fc.array(anyKey), (raw, others) => {
      const keys = [...new Set(raw.map((key) => key.toWellFormed()))];
      const expected = new Map(keys.map((key, index) => [key, index]));
      const index = new KeyIndex(keys);
      for (const key of [...keys, ...others]) {
        const bytes = Buffer.from(`{"key":"${key}"}`);
        const found = index.find(bytes, 8, bytes.length - 2);
        expect(found).toBe(expected.get(key.toWellFormed()) ?? -1);
      }
    }),
  );
});
