import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { ShortList } from './short-list.ts';

const step = record({ action: constantFrom('set', 'delete', 'clear'), key: integer({ min: 0, max: 5 }) });

test('it answers as a Map does, whatever happened before', () => {
  assert(
    property(array(step), (steps) => {
      const list = new ShortList<number, number>();
      const map = new Map<number, number>();
      for (const [index, { action, key }] of steps.entries()) {
        if (action === 'set') {
          list.set(key, index);
          map.set(key, index);
        } else if (action === 'delete') expect(list.delete(key)).toBe(map.delete(key));
        else {
          list.clear();
          map.clear();
        }
        expect(list.size).toBe(map.size);
        expect(list.has(key)).toBe(map.has(key));
        expect(list.get(key)).toBe(map.get(key));
        expect([...list.values()]).toEqual([...map.values()]);
      }
    }),
  );
});

test('entries may be removed while it is gone through', () => {
  const list = new ShortList<string, number>().set('a', 1).set('b', 2).set('c', 3);
  const seen: [string, number][] = [];
  list.forEach((value, key) => {
    seen.push([key, value]);
    list.delete(key);
  });
  expect(seen).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
  expect(list.size).toBe(0);
});
