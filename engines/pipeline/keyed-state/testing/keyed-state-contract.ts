import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregatingState, listState, mapState, reducingState, valueState } from '../../dataflow/index.ts';
import type { OpenStates, StatesUnderTest } from './states-under-test.ts';

const DECLARATIONS = {
  value: valueState<{ readonly seen: number }>(),
  list: listState<number>(),
  map: mapState<number>(),
  total: reducingState<number>((before, added) => before + added),
  mean: aggregatingState<number, readonly [number, number], number>({
    create: () => [0, 0],
    add: ([count, total], added) => [count + 1, total + added],
    result: ([count, total]) => total / count,
  }),
};

const EMPTY = { value: undefined, list: [], map: [], isEmpty: true, total: undefined, mean: undefined };

/** What every kind of declared state keeps to, on every engine and backend, also when it is restored after every use. */
export function describeKeyedStateContract(name: string, open: OpenStates): void {
  describe.each(['unbroken', 'restored'] as const)(`declared state on ${name}, %s`, (life) => {
    async function withStates(
      test: (states: StatesUnderTest<typeof DECLARATIONS>) => Promise<void>,
    ): Promise<void> {
      const states = await open(DECLARATIONS, life);
      try {
        await test(states);
      } finally {
        await states.close();
      }
    }

    const all = (states: StatesUnderTest<typeof DECLARATIONS>, key: string) =>
      states.use(key, ({ value, list, map, total, mean }) => ({
        value: value.get(),
        list: list.get(),
        map: map.entries(),
        isEmpty: map.isEmpty(),
        total: total.get(),
        mean: mean.get(),
      }));

    it('is empty at first, holds what each operation leaves, and is empty again when cleared', () =>
      withStates(async (states) => {
        expect(await all(states, 'a')).toEqual(EMPTY);
        await states.use('a', ({ value, list, map, total, mean }) => {
          value.set({ seen: 1 });
          list.add(3);
          list.addAll([1, 2]);
          map.put('north', 10);
          map.put('north', 11);
          total.add(5);
          total.add(7);
          mean.add(2);
          mean.add(4);
        });
        expect(await all(states, 'a')).toEqual({
          value: { seen: 1 },
          list: [3, 1, 2],
          map: [['north', 11]],
          isEmpty: false,
          total: 12,
          mean: 3,
        });
        await states.use('a', ({ value, list, map, total, mean }) => {
          for (const state of [value, list, map, total, mean]) state.clear();
        });
        expect(await all(states, 'a')).toEqual(EMPTY);
      }));

    it('belongs to its key', () =>
      withStates(async (states) => {
        await states.use('a', ({ list, total }) => {
          list.add(1);
          total.add(1);
        });
        expect(await all(states, 'b')).toEqual(EMPTY);
        await states.use('b', ({ list, total }) => {
          list.update([2]);
          total.add(2);
        });
        expect(await states.use('a', ({ list, total }) => [list.get(), total.get()])).toEqual([[1], 1]);
      }));

    it('takes a list of many pages, replaces it by a short one and by nothing', () =>
      withStates(async (states) => {
        const many = Array.from({ length: 1_500 }, (_, index) => index);
        await states.use('a', ({ list }) => list.addAll(many.slice(0, 700)));
        await states.use('a', ({ list }) => list.addAll(many.slice(700)));
        expect(await states.use('a', ({ list }) => list.get())).toEqual(many);
        await states.use('a', ({ list }) => list.update([1, 2]));
        expect(await states.use('a', ({ list }) => list.get())).toEqual([1, 2]);
        await states.use('a', ({ list }) => list.update([]));
        expect(await states.use('a', ({ list }) => list.get())).toEqual([]);
      }));

    it('keeps names of a map apart that are the same number and text', () =>
      withStates(async (states) => {
        await states.use('a', ({ map }) => {
          map.put(1, 10);
          map.put('1', 20);
        });
        await states.use('a', ({ map }) => map.remove(1));
        expect(await states.use('a', ({ map }) => [map.has(1), map.get('1'), map.isEmpty()])).toEqual([
          false,
          20,
          false,
        ]);
      }));
  });

  it(`behaves on ${name} as plain lists and maps, at every size and through restarts`, () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const states = await open(DECLARATIONS, 'unbroken');
        const model = new Map<string, { list: readonly number[]; map: Map<string | number, number> }>();
        try {
          for (const { key, action } of steps) {
            const expected = model.get(key) ?? { list: [], map: new Map<string | number, number>() };
            model.set(key, expected);
            if (action.kind === 'restore') await states.restore();
            else
              await states.use(key, ({ list, map }) => {
                for (let index = action.from; index < action.from + action.count; index++) {
                  if (action.kind === 'add') {
                    list.add(index);
                    map.put(index % 3 === 0 ? `name ${index}` : index, action.count);
                    expected.list = [...expected.list, index];
                    expected.map.set(index % 3 === 0 ? `name ${index}` : index, action.count);
                  } else {
                    map.remove(index % 3 === 0 ? `name ${index}` : index);
                    expected.map.delete(index % 3 === 0 ? `name ${index}` : index);
                  }
                }
                if (action.kind === 'remove') {
                  list.update(list.get().slice(action.count));
                  expected.list = expected.list.slice(action.count);
                }
              });
            const seen = await states.use(key, ({ list, map }) => ({
              list: list.get(),
              map: new Map(map.entries()),
              missing: [...expected.map.keys()].filter((name) => !map.has(name)),
              isEmpty: map.isEmpty(),
            }));
            expect(seen).toEqual({ ...expected, missing: [], isEmpty: expected.map.size === 0 });
          }
        } finally {
          await states.close();
        }
      }),
      { numRuns: 12 },
    ));
}

const span = { from: fc.nat(400), count: fc.nat(300) };
const step = fc.record({
  key: fc.constantFrom('a', 'b'),
  action: fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('add' as const), ...span }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('remove' as const), ...span }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const) }) },
  ),
});
