import { expect, test } from 'vitest';
import type { Result, Run } from '../../reports/model/index.ts';
import { harnessErrors } from '../errors.ts';
import { exitReasonOf } from './exit-reason.ts';
import { failedRun } from './failed-run.ts';
import { emptyCell } from './new-result.ts';
import type { Measure } from './plan.ts';
import { cellDefaults } from './presets.ts';

const PLAN = await cellDefaults('merchant-spend', 'event', 1);

type Told = readonly [Measure, Run['outcome']];

/** Each argument: the runs of one cell. */
function exitOf(...cells: readonly (readonly Told[])[]): string {
  const result: Pick<Result, 'cells' | 'status'> = {
    status: 'complete',
    cells: cells.map((runs) => ({
      ...emptyCell(PLAN),
      runs: runs.map(([measure, outcome]) => ({
        ...failedRun(PLAN, measure, 'run', new Date(0), harnessErrors.error('HARNESS_INTERRUPTED')),
        outcome,
      })),
    })),
  };
  return exitReasonOf(result);
}

test('a refused run is forgiven where another attempt of the same measure passed', () => {
  expect(
    exitOf([
      ['latency', 'invalid'],
      ['latency', 'passed'],
    ]),
  ).toBe('ok');
  expect(
    exitOf([
      ['latency', 'invalid'],
      ['drain', 'passed'],
    ]),
  ).toBe('invalid');
  expect(exitOf([['latency', 'invalid']], [['latency', 'passed']])).toBe('invalid');
});

test('wrong beats invalid beats failed, whatever else passed', () => {
  expect(
    exitOf(
      [
        ['latency', 'oracle-failed'],
        ['latency', 'passed'],
      ],
      [['drain', 'invalid']],
    ),
  ).toBe('oracle');
  expect(exitOf([['latency', 'failed']], [['drain', 'invalid']])).toBe('invalid');
  expect(
    exitOf([
      ['latency', 'failed'],
      ['latency', 'passed'],
    ]),
  ).toBe('crash');
});

test('with nothing wrong, the status tells', () => {
  expect(exitOf([['latency', 'passed']])).toBe('ok');
  expect(exitReasonOf({ status: 'interrupted', cells: [] })).toBe('interrupted');
});
