import { expect, test } from 'vitest';
import type { RunBatches } from '../model/index.ts';
import { fixtureResult } from '../testing/index.ts';
import { groupsOf } from './group.ts';
import { insideSheets } from './inside-sheets.ts';

const batches: RunBatches = {
  batches: 1_250,
  withoutInput: 4,
  fellBehind: 3,
  inputRows: 60_000,
  outputRows: 1_200,
  meanMs: 12.345,
  longestMs: 611,
  stateRows: 1_000,
  rowsDroppedByWatermark: 7,
  newest: [],
};

test('batches are summed up for each engine that told of them, with those that fell behind', () => {
  const result = fixtureResult();
  const [cell, ...others] = result.cells;
  if (cell === undefined) throw new Error('the fixture has no cell');
  const told = { ...cell, runs: cell.runs.map((run) => ({ ...run, batches })) };
  const sheets = groupsOf({ ...result, cells: [told, ...others] })
    .flatMap(insideSheets)
    .filter((sheet) => sheet !== null);
  expect(sheets.map(({ title }) => title.replace(/.*: /, ''))).toEqual(['batches of a run']);
  expect(sheets[0]?.rows.map((row) => row.slice(1))).toEqual([
    ['1,250', '4', '3', '60,000', '1,200', '12.3', '611', '1,000', '7'],
  ]);
});

test('there is no table where no engine told of batches', () => {
  expect(groupsOf(fixtureResult()).flatMap(insideSheets)).toEqual([]);
});
