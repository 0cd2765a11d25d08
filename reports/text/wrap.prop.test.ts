import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapText } from './wrap.ts';

test('wrapping keeps every word in its order, and breaks only lines that would be too long', () => {
  const words = fc.array(
    fc.string({ minLength: 1, maxLength: 12 }).filter((word) => !word.includes(' ')),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(words, fc.integer({ min: 5, max: 30 }), (all, width) => {
      const lines = wrapText(all.join(' '), width);
      expect(lines.join(' ')).toBe(all.join(' '));
      for (const [index, line] of lines.entries()) {
        expect(line.length <= width || !line.includes(' ')).toBe(true);
        const next = lines[index + 1]?.split(' ')[0];
        if (next !== undefined) expect(line.length + 1 + next.length).toBeGreaterThan(width);
      }
    }),
    { numRuns: 200 },
  );
});
