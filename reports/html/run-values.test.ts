import { expect, test } from 'vitest';
import { sweptResult } from '../testing/index.ts';
import { outliersOf, runValues } from './run-values.ts';

const numbered = (values: readonly number[]) => values.map((value, i) => ({ run: i + 1, value }));

test('a value far from the others is an outlier, at either end', () => {
  expect(outliersOf(numbered([10, 11, 12, 30, 11, 10, 12, -9]))).toEqual([
    { run: 4, value: 30 },
    { run: 8, value: -9 },
  ]);
  expect(outliersOf(numbered([10, 11, 12, 13, 14]))).toEqual([]);
  expect(outliersOf(numbered([10, 10, 10, 99]))).toEqual([]);
});

test('values are those of passed runs of the kind that has the metric', () => {
  const [cell] = sweptResult().cells;
  if (cell === undefined) throw new Error('the fixture has cells');
  expect(runValues(cell, 'latency-p99').map(({ run }) => run)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(runValues(cell, 'drain-rate')).toEqual([]);
});
