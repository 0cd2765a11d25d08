import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueTimes } from './due-times.ts';

const step = fc.oneof(
  fc.record({ key: fc.constantFrom('a', 'b', 'c'), timeMs: fc.option(fc.nat(50), { nil: undefined }) }),
  fc.record({ upToMs: fc.nat(50) }),
);

test('gives what is due as a plain map does, however often instants change', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const due = new DueTimes();
      const model = new Map<string, number>();
      for (const action of steps) {
        if ('upToMs' in action) {
          const expected = [...model].filter(([, timeMs]) => timeMs <= action.upToMs);
          const visited = new Set<string>();
          due.forEachUpTo(action.upToMs, (key) => visited.add(key));
          expect([...visited].sort()).toEqual(expected.map(([key]) => key).sort());
          const taken = due.takeUpTo(action.upToMs);
          expect(taken.map((key) => model.get(key))).toEqual(
            expected.map(([, timeMs]) => timeMs).sort((a, b) => a - b),
          );
          expect(taken.toSorted()).toEqual(expected.map(([key]) => key).sort());
          for (const key of taken) model.delete(key);
        } else {
          due.set(action.key, action.timeMs);
          if (action.timeMs === undefined) model.delete(action.key);
          else model.set(action.key, action.timeMs);
        }
        expect(due.firstMs).toBe(Math.min(...model.values()));
      }
    }),
    { numRuns: 50 },
  );
});
