import { expect, test } from 'vitest';
import type { Slice } from '../../reports/model/index.ts';
import { caughtUpAtMs } from './caught-up.ts';

const slice = (index: number, p99: number | null, lag: number): Slice => ({
  atMs: index * 100,
  lengthMs: 100,
  samples: p99 === null ? 0 : 10,
  p50: p99,
  p99,
  max: p99,
  offered: 10,
  outputs: 10,
  lag,
  heat: [],
});

/** Ten seconds: calm at 10 ms, except where `disturbed` says otherwise. */
function tenSeconds(disturbed: (index: number) => Slice | undefined): Slice[] {
  return Array.from({ length: 100 }, (_, index) => disturbed(index) ?? slice(index, 10_000, 3));
}

test('caught up is the start of the first five seconds as calm as before the kill', () => {
  const slices = tenSeconds((index) => (index >= 20 && index < 31 ? slice(index, 900_000, 400) : undefined));
  expect(caughtUpAtMs(slices, { fromMs: 0, toMs: 2_000 }, 2_000, 10_000)).toBe(3_100);
});

test('lag alone keeps it from being caught up', () => {
  const slices = tenSeconds((index) => (index >= 20 && index < 40 ? slice(index, 10_000, 400) : undefined));
  expect(caughtUpAtMs(slices, { fromMs: 0, toMs: 2_000 }, 2_000, 10_000)).toBe(4_000);
});

test('one slow slice starts the five seconds anew; slices without samples do not', () => {
  const slices = tenSeconds((index) => {
    if (index >= 20 && index < 25) return slice(index, 900_000, 400);
    if (index === 40) return slice(index, 900_000, 3);
    return index % 2 === 0 && index > 40 ? slice(index, null, 3) : undefined;
  });
  expect(caughtUpAtMs(slices, { fromMs: 0, toMs: 2_000 }, 2_000, 10_000)).toBe(4_100);
});

test('it is null when calm never lasts five seconds', () => {
  const slices = tenSeconds((index) => (index >= 20 && index < 60 ? slice(index, 900_000, 400) : undefined));
  expect(caughtUpAtMs(slices, { fromMs: 0, toMs: 2_000 }, 2_000, 10_000)).toBeNull();
});
