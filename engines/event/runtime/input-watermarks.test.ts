import { expect, test } from 'vitest';
import { InputWatermarks } from './input-watermarks.ts';

test('the sources of a union are channels of one valve', () => {
  const out: number[] = [];
  const watermarks = new InputWatermarks(2, [0, 0], (watermarkMs) => out.push(watermarkMs));
  for (const slot of [0, 1]) {
    watermarks.watermark(slot, 0, 10);
    watermarks.watermark(slot, 1, 5 + slot);
  }
  expect(out).toEqual([5]);
  watermarks.status(0, 1, 'idle');
  expect(out).toEqual([5, 6]);
});

test('two inputs have a valve each, and the lesser of both counts; one whose sources stand aside does not', () => {
  const out: number[] = [];
  const watermarks = new InputWatermarks(2, [0, 1, 1], (watermarkMs) => out.push(watermarkMs));
  for (const slot of [0, 1]) watermarks.watermark(slot, 0, 100);
  watermarks.watermark(0, 1, 30);
  watermarks.watermark(1, 1, 40);
  watermarks.watermark(0, 2, 50);
  expect(out).toEqual([]);
  watermarks.watermark(1, 2, 20);
  expect(out).toEqual([20]);
  for (const source of [1, 2]) for (const slot of [0, 1]) watermarks.status(slot, source, 'idle');
  expect(out.at(-1)).toBe(100);
});
