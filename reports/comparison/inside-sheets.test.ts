import { expect, test } from 'vitest';
import type { Result, RunIntrospection } from '../model/index.ts';
import { fixtureResult } from '../testing/index.ts';
import { groupsOf } from './group.ts';
import { insideSheets } from './inside-sheets.ts';

const operator = { recordsIn: 500, recordsOut: 400, inPerSecond: 50, outPerSecond: 40, state: null };

/** Two slots with the same operators, of which the second was never measured. */
const introspection: RunIntrospection = {
  tasks: [
    {
      name: 'slot 0',
      shares: { busy: 0.25, backPressured: 0.05, idle: 0.7 },
      watermarkMs: null,
      operators: [
        { ...operator, name: 'source', busyShare: 0.1 },
        {
          ...operator,
          name: 'aggregate',
          busyShare: null,
          state: { entries: 12, bytes: 4_000 },
        },
      ],
    },
    {
      name: 'slot 1',
      shares: null,
      watermarkMs: null,
      operators: [
        { ...operator, name: 'source', busyShare: 0.3 },
        { ...operator, name: 'aggregate', busyShare: null, inPerSecond: null, state: null },
      ],
    },
  ],
  intervals: 9,
  watermark: { heldBackBy: { partition: 2, behindMs: 1_500, forMs: 12_000 }, idlePartitions: [0, 1] },
  checkpoints: {
    completed: 9,
    failed: 1,
    timedOut: 1,
    last: { checkpointId: 10, durationMs: 14.2, alignmentMs: 0.3, writtenBytes: 900, fullBytes: 4_000 },
  },
};

function seen(result: Result): Result {
  const [cell, ...others] = result.cells;
  if (cell === undefined) throw new Error('the fixture has no cell');
  return {
    ...result,
    cells: [{ ...cell, runs: cell.runs.map((run) => ({ ...run, introspection })) }, ...others],
  };
}

test('operators are summed over their tasks, and a task has its shares', () => {
  const [group] = groupsOf(seen(fixtureResult()));
  const [operators, checkpoints] = group === undefined ? [] : insideSheets(group);
  expect(operators?.rows).toEqual([
    ['event-driven', 'source', '1,000', '800', '100', '80.0', '20 %', '–', '–', '–'],
    ['event-driven', 'aggregate', '1,000', '800', '–', '80.0', '–', '–', '–', '12 entries, 4.00 kB'],
    ['event-driven', 'slot 0', '–', '–', '–', '–', '25 %', '5 %', '70 %', '–'],
    ['event-driven', 'slot 1', '–', '–', '–', '–', '–', '–', '–', '–'],
  ]);
  expect(checkpoints?.rows).toEqual([
    [
      'event-driven',
      '9',
      '1',
      '1',
      '14.2',
      '0.300',
      '900 B',
      '4.00 kB',
      'partition 2 (1.50 s behind, for 12.0 s)',
      '0 1',
    ],
  ]);
});

test('engines that tell nothing of themselves have no such tables', () => {
  expect(groupsOf(fixtureResult()).flatMap(insideSheets)).toEqual([]);
});
