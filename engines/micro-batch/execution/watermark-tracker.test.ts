import { expect, test } from 'vitest';
import { WatermarkTracker } from './watermark-tracker.ts';

test('the least counts, and one that saw no rows counts as 0', () => {
  const tracker = new WatermarkTracker('min', 2);
  tracker.advance(0, 500);
  expect(tracker.next(0)).toBe(0);
  tracker.advance(1, 300);
  expect(tracker.next(0)).toBe(300);
  tracker.advance(1, 900);
  expect(tracker.next(300)).toBe(500);
});

test('the greatest counts, also while another saw no rows', () => {
  const tracker = new WatermarkTracker('max', 2);
  tracker.advance(0, 500);
  expect(tracker.next(0)).toBe(500);
  tracker.advance(1, 900);
  expect(tracker.next(500)).toBe(900);
});

test.each(['min', 'max'] as const)('%s: it never falls, and no event time brings it below 0', (policy) => {
  const tracker = new WatermarkTracker(policy, 1);
  tracker.advance(0, -70);
  expect(tracker.next(0)).toBe(0);
  tracker.advance(0, 40);
  tracker.advance(0, 30);
  expect(tracker.next(0)).toBe(40);
  expect(tracker.next(50)).toBe(50);
});

test('without a watermark node there is nothing to move', () => {
  expect(new WatermarkTracker('min', 0).next(0)).toBe(0);
});
