import { expect, test } from 'vitest';
import { fixtureResult } from '../testing/index.ts';
import { renderHtml } from './index.ts';

test('a very long name is clipped wherever the page has it', () => {
  const result = fixtureResult();
  const [cell] = result.cells;
  if (cell === undefined) throw new Error('the fixture has no cell');
  const long = { ...cell, workload: 'x'.repeat(1_000_000), runs: cell.runs.slice(0, 1) };
  expect(renderHtml({ ...result, cells: [long], floors: [] })).not.toMatch(/x{401}/);
});
