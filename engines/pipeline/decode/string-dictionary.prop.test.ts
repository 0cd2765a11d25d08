import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StringDictionary } from './index.ts';

test('equal texts have equal ids, dense in the order of their first appearance, and ids give the text back', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.integer({ min: 0, max: 99 }).map((n) => `m-${n}`),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.boolean()), { maxLength: 200 }), (words) => {
      const dictionary = new StringDictionary();
      const model = new Map<string, number>();
      for (const [text, asBytes] of words) {
        if (!model.has(text)) model.set(text, model.size);
        const bytes = Buffer.from(`<${text}>`);
        const id = asBytes ? dictionary.idOf(bytes, 1, bytes.length - 1) : dictionary.idOfText(text);
        expect(id).toBe(model.get(text));
      }
      expect(dictionary.size).toBe(model.size);
      expect([...model.keys()].map((_, id) => dictionary.text(id))).toEqual([...model.keys()]);
    }),
    { numRuns: 200, seed: 14 },
  );
});

test('keeps its ids while it grows', () => {
  const dictionary = new StringDictionary();
  const texts = Array.from({ length: 20_000 }, (_, index) => `merchant-${index * 7919}`);
  expect(texts.every((text, index) => dictionary.idOfText(text) === index)).toBe(true);
  expect(texts.every((text, index) => dictionary.idOfText(text) === index)).toBe(true);
  expect(texts.every((text, index) => dictionary.text(index) === text)).toBe(true);
});

test('texts whose hashes are equal are told apart', () => {
  // FNV-1a, 32 bit: a published pair of colliding words.
  const dictionary = new StringDictionary();
  const ids = ['costarring', 'liquid', 'declinate', 'macallums'].map((text) => dictionary.idOfText(text));
  expect(ids).toEqual([0, 1, 2, 3]);
});
