import { expect, test } from 'vitest';
import { lastHalfPerSecond } from './drain-last-half.ts';

const arrivalsAt = (seconds: readonly number[]) => Float64Array.from(seconds, (at) => at * 1e6);

test('a slow first half leaves the figure alone', () => {
  // 10 inputs in the first 10 s, 10 more in the second after.
  const seconds = Array.from({ length: 20 }, (_, i) => (i < 10 ? i + 1 : 10 + (i - 9) / 10));
  expect(lastHalfPerSecond(arrivalsAt(seconds), [], 20)).toBeCloseTo(10);
  expect(lastHalfPerSecond(arrivalsAt(seconds), [], 2_000)).toBeCloseTo(1_000);
});

test('what came at the instant of the half belongs to the first half', () => {
  const seconds = [1, 2, 3, 4, 5, 6, 6, 6, 7, 8, 9, 10];
  expect(lastHalfPerSecond(arrivalsAt(seconds), [], 12)).toBeCloseTo(4 / 4);
});

/** Five batches of a second, each with four outputs in its last tenth, seen 5 ms late. */
const BATCHES = [1, 2, 3, 4, 5];
const BURSTS = BATCHES.flatMap((end) => [0.9, 0.93, 0.96, 1].map((part) => end - 1 + part + 0.005));

test('batches are counted whole: the rate is that of their cycle, not of their sink', () => {
  const releases = BATCHES.map((end) => end * 1e6);
  expect(lastHalfPerSecond(arrivalsAt(BURSTS), releases, 500_000)).toBeCloseTo(100_000);
});

test('the release nearest to the half ends it: four batches of a limit never hold exactly a quarter each', () => {
  const releases = [1e6, 2e6, 3e6, 4e6];
  const bursts = [1, 2, 3, 4].flatMap((end) =>
    Array.from({ length: end < 4 ? 99 : 103 }, (_, i) => end - 0.2 + i / 1_000),
  );
  const seconds = bursts.at(-1) as number;
  const half = bursts[2 * 99 - 1] as number;
  expect(lastHalfPerSecond(arrivalsAt(bursts), releases, 400)).toBeCloseTo((99 + 103) / (seconds - half));
});

test('where no release is near the half there is no last half', () => {
  const bursts = [1, 2, 3].flatMap((end) => Array.from({ length: 100 }, (_, i) => end + i / 1_000));
  expect(lastHalfPerSecond(arrivalsAt(bursts), [1.1e6, 2.1e6, 3.1e6], 300)).toBeNull();
});

test('one big batch, or one commit after the half, has no such rate', () => {
  const burst = Array.from({ length: 100 }, (_, i) => 30 + i / 1_000);
  expect(lastHalfPerSecond(arrivalsAt(burst), [30.2e6], 500_000)).toBeNull();
  expect(lastHalfPerSecond(arrivalsAt(BURSTS), [1e6, 3e6, 5e6], 500_000)).toBeNull();
});

test('fewer than ten instants of arrival give none', () => {
  expect(lastHalfPerSecond(arrivalsAt([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9]), [], 11)).toBeNull();
  expect(lastHalfPerSecond(new Float64Array(0), [], 11)).toBeNull();
});
