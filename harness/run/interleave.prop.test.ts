import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interleave } from './interleave.ts';
import type { CellPlan, Measure } from './plan.ts';
import { cellDefaults } from './presets.ts';

const DEFAULTS = await cellDefaults('merchant-spend', 'event', 1);

const cell = (profile: string, measures: readonly Measure[]): CellPlan => ({
  ...DEFAULTS,
  profile,
  measures,
});
const names = (cells: readonly CellPlan[], repeats: number): string =>
  interleave(cells, repeats)
    .map((run) => `${run.cell.profile}${run.repeat}`)
    .join(' ');

test('two cells go A B B A', () => {
  const cells = [cell('A', ['latency']), cell('B', ['latency'])];
  expect(names(cells, 4)).toBe('A1 B1 B2 A2 A3 B3 B4 A4');
});

test('the measures of a cell stay together and turn round with it', () => {
  const runs = interleave([cell('A', ['latency', 'drain']), cell('B', ['drain'])], 2);
  expect(runs.map((run) => `${run.cell.profile} ${run.measure}`)).toEqual([
    ...['A latency', 'A drain', 'B drain'],
    ...['B drain', 'A drain', 'A latency'],
  ]);
});

test('every run is there once, the repeats of each ascend, and over an even number of repeats every cell has the same mean place', () => {
  const measures = fc.subarray<Measure>(['latency', 'drain', 'recovery'], { minLength: 1 });
  fc.assert(
    fc.property(
      fc.array(measures, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      (all, pairs) => {
        const cells = all.map((some, index) => cell(String(index), some));
        const runs = interleave(cells, 2 * pairs);
        for (const plan of cells) {
          for (const measure of plan.measures) {
            const places = runs.flatMap((run, place) =>
              run.cell === plan && run.measure === measure ? [place] : [],
            );
            expect(places.map((place) => runs[place]?.repeat)).toEqual(places.map((_, index) => index + 1));
            expect(places).toHaveLength(2 * pairs);
            const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
            expect(mean).toBe((runs.length - 1) / 2);
          }
        }
        expect(runs).toHaveLength(cells.reduce((sum, plan) => sum + plan.measures.length, 0) * 2 * pairs);
      },
    ),
  );
});
