import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupStateCodec } from './group-state-codec.ts';

test('accumulators come back as they were, also those that no JSON number is', () => {
  fc.assert(
    fc.property(fc.array(fc.double().map((value) => value + 0)), (values) => {
      const text = groupStateCodec.encode(values);
      expect(groupStateCodec.decode(text)).toEqual(values);
    }),
  );
  expect(groupStateCodec.encode([3, -0.5, Number.POSITIVE_INFINITY])).toBe('[3,-0.5,"Infinity"]');
});
