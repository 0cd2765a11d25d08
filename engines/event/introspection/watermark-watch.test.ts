import { expect, test } from 'vitest';
import { WatermarkWatch } from './watermark-watch.ts';

const times = (maxEventTimesMs: number[], idle: number[]) => ({
  maxEventTimesMs: Float64Array.from(maxEventTimesMs),
  idle: Float64Array.from(idle),
});

test('the slowest partition that is not idle holds the watermark back, since it is the one', () => {
  const watch = new WatermarkWatch();
  expect(watch.look(times([9, 5, 7], [0, 0, 0]), 100)).toEqual({
    heldBackBy: { partition: 1, behindMs: 4, forMs: 0 },
    idlePartitions: [],
  });
  expect(watch.look(times([90, 6, 70], [0, 0, 0]), 350).heldBackBy).toEqual({
    partition: 1,
    behindMs: 84,
    forMs: 250,
  });
  expect(watch.look(times([90, 6, 70], [0, 1, 0]), 400)).toEqual({
    heldBackBy: { partition: 2, behindMs: 20, forMs: 0 },
    idlePartitions: [1],
  });
});

test('a partition without records holds all others back, and nobody does when all are idle', () => {
  const watch = new WatermarkWatch();
  expect(watch.look(times([9, -Infinity], [0, 0]), 0).heldBackBy).toEqual({
    partition: 1,
    behindMs: null,
    forMs: 0,
  });
  expect(watch.look(times([9, -Infinity], [1, 1]), 0)).toEqual({ heldBackBy: null, idlePartitions: [0, 1] });
});
