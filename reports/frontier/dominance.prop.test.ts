import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Coordinate, type Coordinates, dominates, FRONTIER_METRICS } from './dominance.ts';
import { standingsOf } from './frontier.ts';

/** Few values, so that ranges often touch, nest and are equal. */
const estimate = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
  .map((values) => [...values].sort((a, b) => a - b))
  .map((sorted) => ({
    low: sorted[0] as number,
    median: sorted[sorted.length >> 1] as number,
    high: sorted.at(-1) as number,
    count: sorted.length,
  }));

const coordinate = (open: 'better' | 'worse'): fc.Arbitrary<Coordinate> =>
  fc.record({ estimate, open: fc.constantFrom('no', 'no', 'no', open) });

const all = {
  p99Ms: coordinate('worse'),
  sustainablePerSecond: coordinate('better'),
  cpuSecondsPerMillion: coordinate('worse'),
};
const complete: fc.Arbitrary<Coordinates> = fc.record(all);
/** Any of the figures may be missing. */
const partial: fc.Arbitrary<Coordinates> = fc.record(all, { requiredKeys: [] });

const places = (points: readonly Coordinates[]) => standingsOf(points).map(({ kind }) => kind);

test('dominance is irreflexive and asymmetric', () => {
  fc.assert(
    fc.property(partial, partial, (one, other) => {
      expect(dominates(one, one)).toBe(false);
      expect(dominates(one, other) && dominates(other, one)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['complete', complete],
  ['partial', partial],
])('dominance is transitive on %s points', (_, point) => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 12 }), (points) => {
      for (const one of points) {
        for (const other of points.filter((candidate) => dominates(one, candidate))) {
          for (const third of points) {
            if (dominates(other, third)) expect(dominates(one, third)).toBe(true);
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('where any point has two figures, one of them is on the frontier, and each dominated one is dominated from it', () => {
  fc.assert(
    fc.property(fc.array(partial, { maxLength: 10 }), (points) => {
      const standings = standingsOf(points);
      const onFrontier = standings.flatMap(({ kind }, i) => (kind === 'frontier' ? [i + 1] : []));
      const isPlaced = points.some((point) => Object.keys(point).length >= 2);
      expect(onFrontier.length > 0).toBe(isPlaced);
      for (const standing of standings) {
        if (standing.kind !== 'dominated') continue;
        expect(standing.by.length).toBeGreaterThan(0);
        expect(standing.by.filter((number) => !onFrontier.includes(number))).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

test('a dominated point changes nothing for the others', () => {
  fc.assert(
    fc.property(fc.array(partial, { minLength: 1, maxLength: 8 }), partial, (points, added) => {
      fc.pre(points.some((point) => dominates(point, added)));
      expect(places([...points, added]).slice(0, -1)).toEqual(places(points));
    }),
    { numRuns: 100 },
  );
});

test('a figure made better in itself never puts a point behind one that it was not behind', () => {
  const better = (point: Coordinates): Coordinates =>
    Object.fromEntries(
      FRONTIER_METRICS.flatMap((metric) => {
        const known = point[metric];
        if (known === undefined) return [];
        const by = metric === 'sustainablePerSecond' ? 0.5 : -0.5;
        const { low, median, high, count } = known.estimate;
        const moved = { low: low + by, median: median + by, high: high + by, count };
        return [[metric, { ...known, estimate: moved }]];
      }),
    );
  fc.assert(
    fc.property(partial, partial, (one, other) => {
      if (!dominates(other, one)) expect(dominates(other, better(one))).toBe(false);
      if (dominates(one, other)) expect(dominates(better(one), other)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
