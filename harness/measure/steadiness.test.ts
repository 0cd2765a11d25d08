import { describe, expect, test } from 'vitest';
import type { SecondSummary } from '../observe/index.ts';
import { DEFAULT_STEADINESS, describeSteadiness, isSteady } from './steadiness.ts';

/** Seconds from their p50 and p99 in milliseconds. */
function seconds(...figures: readonly (readonly [p50Ms: number, p99Ms: number])[]): SecondSummary[] {
  return figures.map(([p50Ms, p99Ms], second) => ({
    second,
    expected: 100,
    samples: 100,
    p50Us: p50Ms * 1_000,
    p99Us: p99Ms * 1_000,
    maxUs: p99Ms * 1_000,
  }));
}

/** Judged when the last of them has just ended, or so much later. */
const steady = (summaries: readonly SecondSummary[], laterMs = 0, rule = DEFAULT_STEADINESS): boolean =>
  isSteady(summaries, { elapsedMs: summaries.length * 1_000 + laterMs, cycleMs: 1_000 }, rule);

const CALM = [
  [10, 40],
  [10, 42],
  [11, 41],
  [10, 44],
] as const;

describe('isSteady', () => {
  test('is so from the end of the second window where the first two are alike', () => {
    expect(steady(seconds(...CALM))).toBe(true);
    expect(steady(seconds(...CALM.slice(1)))).toBe(false);
  });

  test('waits until a warm-up has levelled off, and looks at the newest windows', () => {
    const warming = seconds([200, 350], [120, 300], [60, 200], [30, 100], ...CALM);
    expect(steady(warming)).toBe(true);
    expect(steady(warming.slice(0, 7))).toBe(false);
    expect(steady(seconds(...CALM, [500, 900], [700, 900]))).toBe(false);
  });

  test('takes no backlog that grows or shrinks for steady, however large the latency is', () => {
    expect(steady(seconds([9_000, 9_500], [9_000, 9_500], [8_790, 9_300], [8_790, 9_300]))).toBe(false);
    expect(steady(seconds([9_000, 9_500], [9_000, 9_500], [8_810, 9_300], [8_810, 9_300]))).toBe(true);
  });

  test('nor one at its height, where the latency stands still: what was due long ago is not out', () => {
    expect(steady(seconds(...CALM), 6_000)).toBe(true);
    expect(steady(seconds(...CALM), 6_001)).toBe(false);
  });

  test.each([
    ['p50 within 15 %', 20, 22.9, 40, 40, true],
    ['p50 beyond 15 %', 20, 23.1, 40, 40, false],
    ['p50 beyond 15 %, downwards', 23.1, 20, 40, 40, false],
    ['p50 within 1 ms', 0.2, 1.2, 3, 3, true],
    ['p50 beyond 1 ms', 0.2, 1.3, 3, 3, false],
    ['p99 within 30 %', 20, 20, 100, 129, true],
    ['p99 beyond 30 %', 20, 20, 100, 131, false],
    ['p99 within 5 ms', 1, 1, 2, 7, true],
    ['p99 beyond 5 ms', 1, 1, 2, 7.1, false],
  ])('%s', (_, before50, after50, before99, after99, areAlike) => {
    const before = [before50, before99] as const;
    const after = [after50, after99] as const;
    expect(steady(seconds(before, before, after, after))).toBe(areAlike);
  });

  test('does not look at a second whose slow samples are still out, nor at later ones', () => {
    const summaries = seconds(...CALM, [500, 900], ...CALM);
    expect(steady(summaries)).toBe(true);
    summaries[4] = { ...(summaries[4] as SecondSummary), samples: 99 };
    expect(steady(summaries)).toBe(true);
    summaries[3] = { ...(summaries[3] as SecondSummary), samples: 99 };
    expect(steady(summaries)).toBe(false);
  });

  test('does not count windows with too few samples, but seconds without any within one that has enough', () => {
    const few = seconds(...CALM).map((each) => ({ ...each, expected: 9, samples: 9 }));
    expect(steady(few)).toBe(false);
    const bunched = seconds(...CALM).map((each) =>
      each.second % 2 === 0
        ? { ...each, expected: 20, samples: 20 }
        : { ...each, expected: 0, samples: 0, p50Us: null, p99Us: null, maxUs: null },
    );
    expect(steady(bunched)).toBe(true);
  });

  test('takes windows of any length', () => {
    const long = { ...DEFAULT_STEADINESS, windowMs: 3_000 };
    expect(steady(seconds(...CALM, ...CALM), 0, long)).toBe(true);
    expect(steady(seconds(...CALM), 0, long)).toBe(false);
  });
});

test('the rule is told in one sentence', () => {
  expect(describeSteadiness(DEFAULT_STEADINESS)).toMatchInlineSnapshot(
    `"The latency is steady when the two newest windows of 2 s of which every sample is covered, each with at least 20 samples, differ in their p50 (median of the seconds' p50) by at most 15 % or 1 ms, whichever is more, but never by more than 200 ms, and in their p99 (likewise) by at most 30 % or 5 ms, whichever is more, while everything that was due more than 5 s and one checkpoint or trigger interval ago has come out."`,
  );
});
