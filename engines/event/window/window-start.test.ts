import { expect, it } from 'vitest';
import { windowStartMs } from './window-start.ts';

it.each([
  [0, 0, 0],
  [9, 0, 0],
  [10, 0, 10],
  [-1, 0, -10],
  [-10, 0, -10],
  [-11, 0, -20],
  [3, 4, -6],
  [4, 4, 4],
  [-7, -6, -16],
  [-6, -6, -6],
])(
  'time %i with offset %i lies in the window of 10 ms that starts at %i',
  (timestampMs, offsetMs, startMs) => {
    expect(windowStartMs(timestampMs, 10, offsetMs)).toBe(startMs);
  },
);
