import { expect, test } from 'vitest';
import { FirstSeen } from './first-seen.ts';

test('an offset was first seen with the fetch that brought it, each partition apart', () => {
  const seen = new FirstSeen(2);
  seen.note(0, 10, 100);
  seen.note(0, 12, 200);
  seen.note(1, 50, 150);
  expect([0, 9, 10, 11].map((offset) => seen.lookUp(0, offset, 900))).toEqual([100, 100, 200, 200]);
  expect(seen.lookUp(1, 49, 900)).toBe(150);
});

test('what the committed reader received first was first seen by it', () => {
  const seen = new FirstSeen(1);
  seen.note(0, 10, 100);
  expect(seen.lookUp(0, 3, 90)).toBe(90);
  expect(seen.lookUp(0, 10, 300)).toBe(300);
  seen.note(0, 20, 310);
  expect(seen.lookUp(0, 11, 400)).toBe(310);
});
