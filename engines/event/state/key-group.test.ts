import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyGroupOf, keyGroupRangeOf, slotOf } from './key-group.ts';

describe('keyGroupOf', () => {
  it('stays within the groups and does not depend on the number of slots', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.double(), fc.maxSafeInteger()),
        fc.integer({ min: 1, max: 32_768 }),
        (key, maxParallelism) => {
          const keyGroup = keyGroupOf(key, maxParallelism);
          return Number.isInteger(keyGroup) && keyGroup >= 0 && keyGroup < maxParallelism;
        },
      ),
    );
  });

  it('spreads many keys over all groups', () => {
    const counts = new Array(128).fill(0);
    for (let index = 0; index < 12_800; index++) counts[keyGroupOf(`merchant-${index}`, 128)] += 1;
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts)).toBeLessThan(200);
  });
});

describe('slotOf and keyGroupRangeOf', () => {
  it('say the same, and the ranges cover every group once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 512 }), fc.integer({ min: 1, max: 512 }), (one, other) => {
        const [parallelism, maxParallelism] = one < other ? [one, other] : [other, one];
        let next = 0;
        for (let slot = 0; slot < parallelism; slot++) {
          const { first, last } = keyGroupRangeOf(slot, parallelism, maxParallelism);
          expect(first).toBe(next);
          const groups = Array.from({ length: last - first + 1 }, (_, index) => first + index);
          expect(groups.every((keyGroup) => slotOf(keyGroup, parallelism, maxParallelism) === slot)).toBe(
            true,
          );
          next = last + 1;
        }
        expect(next).toBe(maxParallelism);
      }),
      { numRuns: 50 },
    );
  });
});
