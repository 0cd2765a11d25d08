import { describe, expect, test } from 'vitest';
import type { SecondSummary } from '../observe/index.ts';
import { DEFAULT_STEADINESS, describeSteadiness, steadyAtMs } from './steadiness.ts';

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

const steady = (summaries: readonly SecondSummary[]): number | null =>
  steadyAtMs(summaries, DEFAULT_STEADINESS);

const CALM = [
  [10, 40],
  [10, 42],
  [11, 41],
  [10, 44],
] as const;

describe('steadyAtMs', () => {
  test('is the end of the second window where the first two windows are alike', () => {
    expect(steady(seconds(...CALM))).toBe(4_000);
    expect(steady(seconds(...CALM.slice(1)))).toBeNull();
  });

  test('waits until a warm-up has levelled off, and keeps its answer afterwards', () => {
    const warming = seconds([200, 350], [120, 300], [60, 200], [30, 100], ...CALM, ...CALM, [500, 900]);
    expect(steady(warming)).toBe(8_000);
    expect(steady(warming.slice(0, 7))).toBeNull();
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
  ])('%s', (_, before50, after50, before99, after99, isSteady) => {
    const before = [before50, before99] as const;
    const after = [after50, after99] as const;
    expect(steady(seconds(before, before, after, after))).toBe(isSteady ? 4_000 : null);
  });

  test('does not count a second whose slow samples are still out', () => {
    const summaries = seconds(...CALM, ...CALM);
    summaries[6] = { ...(summaries[6] as SecondSummary), samples: 99 };
    summaries[1] = { ...(summaries[1] as SecondSummary), samples: 99 };
    expect(steady(summaries)).toBe(6_000);
    summaries[5] = { ...(summaries[5] as SecondSummary), samples: 99 };
    expect(steady(summaries)).toBeNull();
  });

  test('does not count windows with too few samples, but seconds without any within one that has enough', () => {
    const few = seconds(...CALM).map((each) => ({ ...each, expected: 9, samples: 9 }));
    expect(steady(few)).toBeNull();
    const bunched = seconds(...CALM).map((each) =>
      each.second % 2 === 0
        ? { ...each, expected: 20, samples: 20 }
        : { ...each, expected: 0, samples: 0, p50Us: null, p99Us: null, maxUs: null },
    );
    expect(steady(bunched)).toBe(4_000);
  });

  test('takes windows of any length', () => {
    expect(steadyAtMs(seconds(...CALM, ...CALM), { ...DEFAULT_STEADINESS, windowMs: 3_000 })).toBe(6_000);
  });
});

test('the rule is told in one sentence', () => {
  expect(describeSteadiness(DEFAULT_STEADINESS)).toMatchInlineSnapshot(
    `"The latency is steady at the end of the first two adjacent windows of 2 s, each with at least 20 samples and with every sample of its seconds covered, whose p50 (median of the seconds' p50) differ by at most 15 % or 1 ms, whichever is more, but never by more than 200 ms, and whose p99 (likewise) by at most 30 % or 5 ms, whichever is more."`,
  );
});
