import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LabelledMark, placeLabels } from './label-places.ts';

const bounds = { left: 60, right: 520, top: 24, bottom: 280 };

/** Where text of a label is, as wide as a bold digit. */
const textOf = ({ x, y }: { x: number; y: number }, label: string) => ({
  left: x - label.length * 3.75,
  right: x + label.length * 3.75,
  top: y - 10,
  bottom: y + 2,
});

test('a lone label stands to the right of its mark, or over it where the plot ends', () => {
  const places = (x: number) =>
    placeLabels([{ x, y: 100, radius: 5, label: '1' }], { bounds, obstacles: [] });
  expect(places(200)).toEqual([{ x: 210.75, y: 104, isAway: false }]);
  expect(places(515)).toEqual([{ x: 515, y: 91, isAway: false }]);
});

test('labels keep clear of each other, of marks and of obstacles, also where two dozen marks crowd', () => {
  const mark = fc.record({
    x: fc.double({ min: 80, max: 500, noNaN: true }),
    y: fc.double({ min: 44, max: 260, noNaN: true }),
    radius: fc.double({ min: 3.5, max: 11, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 24 }), (marks) => {
      const labelled = marks.map((one, i): LabelledMark => ({ ...one, label: String(i + 1) }));
      const obstacles = [{ left: 200, right: 240, top: 100, bottom: 110 }];
      const texts = placeLabels(labelled, { bounds, obstacles }).map((place, i) =>
        textOf(place, labelled[i]?.label ?? ''),
      );
      const boxes = labelled.map(({ x, y, radius }) => ({
        left: x - radius,
        right: x + radius,
        top: y - radius,
        bottom: y + radius,
      }));
      texts.forEach((text, i) => {
        for (const other of [...texts.slice(i + 1), ...boxes, ...obstacles]) {
          const [wide, high] = [
            Math.min(text.right, other.right) - Math.max(text.left, other.left),
            Math.min(text.bottom, other.bottom) - Math.max(text.top, other.top),
          ];
          expect(Math.min(wide, high)).toBeLessThan(1e-6);
        }
      });
    }),
    { numRuns: 60 },
  );
});
