import { expect, test } from 'vitest';
import type { Result } from '../model/index.ts';
import { fixtureResult } from '../testing/index.ts';
import { compareSides } from './compare-sides.ts';
import { DEFAULT_CONFIG } from './config/index.ts';
import { remarksOf } from './remarks.ts';

const whole = fixtureResult();

/** A result with the fixture's first cell, whose runs are called by the side, made at a second of one minute. */
function made(name: string, second: number, change: (result: Result) => Result = (result) => result): Result {
  const cells = whole.cells.slice(0, 1).map((cell) => ({
    ...cell,
    runs: cell.runs.map((run, i) => ({ ...run, runId: `${name}-${second}-${i}` })),
  }));
  const createdAt = `2026-01-02T03:04:${String(second).padStart(2, '0')}.000Z`;
  return change({ ...whole, createdAt, cells });
}

const base = [made('base', 10), made('base', 30)];
const remarks = (...head: readonly Result[]) =>
  remarksOf({ name: 'base', results: base }, { name: 'head', results: head });

test('sides measured in turns, of commits, with as many runs each, need no remark', () => {
  expect(remarks(made('head', 20), made('head', 40))).toEqual([]);
});

test.each<[what: string, head: readonly Result[], remark: RegExp]>([
  ['a run on both sides', [made('base', 10), made('head', 20)], /^By their ids 3 runs are on both sides/],
  [
    'changes in no commit',
    [
      made('head', 20),
      made('head', 40, (result) => ({ ...result, tool: { ...result.tool, gitDirty: true } })),
    ],
    /in no commit: head\./,
  ],
  ['one side after the other', [made('head', 40), made('head', 50)], /^One side was measured wholly before/],
  ['one side before the other', [made('head', 1), made('head', 2)], /^One side was measured wholly before/],
  ['more runs on one side', [made('head', 20)], /6 in base, 3 in head\.$/],
  [
    'two rates in one cell',
    [
      made('head', 20),
      made('head', 40, (result) => ({
        ...result,
        cells: result.cells.map((cell) => ({
          ...cell,
          runs: cell.runs.map((run) =>
            run.kind === 'latency' && run.figures !== null
              ? { ...run, figures: { ...run.figures, offeredRatePerSecond: 1 } }
              : run,
          ),
        })),
      })),
    ],
    /^Runs of one cell were offered different rates/,
  ],
])('%s is told', (_, head, remark) => {
  expect(remarks(...head)).toEqual([expect.stringMatching(remark)]);
});

test('a row that may vary and is in no sheet is told', () => {
  const options = { config: DEFAULT_CONFIG, seed: 1, vary: ['slotz', 'cores'] };
  const head = { name: 'head', results: [made('head', 20), made('head', 40)] };
  const told = compareSides({ name: 'base', results: base }, head, options).remarks;
  expect(told).toEqual(['The row "slotz", which was allowed to vary, is in no sheet of either side.']);
});
