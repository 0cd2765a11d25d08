import { expect, test } from 'vitest';
import { BarrierAligner } from './index.ts';

test('channels are blocked after their barrier until all have sent it', () => {
  const aligner = new BarrierAligner(3);
  expect(aligner.onBarrier(1, 7, 100n)).toBe('aligning');
  expect([0, 1, 2].map((channel) => aligner.isBlocked(channel))).toEqual([false, true, false]);
  expect(aligner.onBarrier(0, 7, 200n)).toBe('aligning');
  expect(aligner.onBarrier(2, 7, 300n)).toBe('aligned');
  expect(aligner.startedAtNs).toBe(100n);
  expect(aligner.isBlocked(2)).toBe(true);
  aligner.release();
  expect([0, 1, 2].map((channel) => aligner.isBlocked(channel))).toEqual([false, false, false]);
});

test('a single channel is aligned at once', () => {
  expect(new BarrierAligner(1).onBarrier(0, 1, 0n)).toBe('aligned');
});

test('the next checkpoint starts anew', () => {
  const aligner = new BarrierAligner(2);
  aligner.onBarrier(0, 1, 0n);
  aligner.onBarrier(1, 1, 0n);
  aligner.release();
  expect(aligner.onBarrier(1, 2, 5n)).toBe('aligning');
  expect(aligner.startedAtNs).toBe(5n);
});

test('a barrier of another checkpoint, or twice from a channel, is a defect', () => {
  const aligner = new BarrierAligner(2);
  aligner.onBarrier(0, 1, 0n);
  expect(() => aligner.onBarrier(1, 2, 0n)).toThrow('Barrier 2 on channel 1');
  expect(() => aligner.onBarrier(0, 1, 0n)).toThrow('Barrier 1 on channel 0');
});
