import fc from 'fast-check';
import { expect, test } from 'vitest';

/** A row of one key, in the order of arrival over both sides. */
export interface JoinedRow {
  readonly side: 'left' | 'right';
  readonly timeMs: number;
}

export interface JoinBounds {
  readonly lowerBoundMs: number;
  readonly upperBoundMs: number;
}

export type JoinedPair = readonly [leftMs: number, rightMs: number];

/**
 * What an inner interval join is on every engine: each pair within the bounds once, whatever the order of arrival.
 *
 * @param join runs the rows through an engine whose watermark follows them as closely as it can without any being late
 */
export function describeIntervalJoinContract(
  engine: string,
  join: (bounds: JoinBounds, rows: readonly JoinedRow[]) => Promise<readonly JoinedPair[]>,
): void {
  const times = fc.array(fc.integer({ min: 60, max: 140 }), { maxLength: 12 });
  const bounds = fc.tuple(fc.integer({ min: -30, max: 30 }), fc.nat(40));

  test(`${engine}: whatever the interleaving of the inputs and the bounds, each pair comes once`, async () => {
    await fc.assert(
      fc.asyncProperty(
        times,
        times,
        bounds,
        fc.array(fc.boolean()),
        async (lefts, rights, [lowerBoundMs, spanMs], turns) => {
          const upperBoundMs = lowerBoundMs + spanMs;
          const pairs = await join({ lowerBoundMs, upperBoundMs }, interleaved(lefts, rights, turns));
          const expected = lefts.flatMap((left) =>
            rights
              .filter((right) => right >= left + lowerBoundMs && right <= left + upperBoundMs)
              .map((right): JoinedPair => [left, right]),
          );
          expect(inOrder(pairs)).toEqual(inOrder(expected));
        },
      ),
      { numRuns: 25 },
    );
  });
}

/** `turns` says whose row is next, then comes what is left. */
function interleaved(
  lefts: readonly number[],
  rights: readonly number[],
  turns: readonly boolean[],
): readonly JoinedRow[] {
  const waiting = {
    left: lefts.map((timeMs): JoinedRow => ({ side: 'left', timeMs })),
    right: rights.map((timeMs): JoinedRow => ({ side: 'right', timeMs })),
  };
  const rows = turns.flatMap((isLeft) => waiting[isLeft ? 'left' : 'right'].shift() ?? []);
  return [...rows, ...waiting.left, ...waiting.right];
}

const inOrder = (pairs: readonly JoinedPair[]) => pairs.map((pair) => JSON.stringify(pair)).sort();
