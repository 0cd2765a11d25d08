import { expect, test } from 'vitest';
import { interleavedTurns } from './rounds.ts';

test('sides take turns, and every second round begins with the head', () => {
  expect(interleavedTurns(3).map(({ side, round }) => `${side} ${round}`)).toEqual([
    'base 1',
    'head 1',
    'head 2',
    'base 2',
    'base 3',
    'head 3',
  ]);
});
