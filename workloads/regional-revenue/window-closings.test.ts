import { expect, test } from 'vitest';
import { WATERMARK_DELAY_MS, WINDOW_MS } from './event-time.ts';
import { WindowClosings } from './window-closings.ts';

const THRESHOLD_MS = WINDOW_MS + WATERMARK_DELAY_MS;

test('a window is closed by a record exactly at its end plus the delay, not a millisecond before', () => {
  const closings = new WindowClosings(1);
  closings.add(0, 0, 0);
  closings.add(0, THRESHOLD_MS - 1, 1);
  closings.add(0, THRESHOLD_MS, 2);
  closings.add(0, THRESHOLD_MS + 1, 3);
  expect(closings.closingSequence(0)).toBe(2);
});

test('a window is closed by the last partition that passes it, also by a record that passes several windows', () => {
  const closings = new WindowClosings(2);
  closings.add(0, THRESHOLD_MS, 0);
  closings.add(0, THRESHOLD_MS + WINDOW_MS, 1);
  closings.add(1, 5, 2);
  closings.add(1, THRESHOLD_MS + 3 * WINDOW_MS, 3);
  closings.add(0, THRESHOLD_MS + 2 * WINDOW_MS, 4);
  expect([0, 1, 2].map((window) => closings.closingSequence(window * WINDOW_MS))).toEqual([3, 3, 4]);
});

test('a window that a partition never passes is never closed', () => {
  const closings = new WindowClosings(2);
  closings.add(0, THRESHOLD_MS, 0);
  closings.add(1, THRESHOLD_MS - 1, 1);
  expect(closings.closingSequence(0)).toBeUndefined();
});
