import { expect, test } from 'vitest';
import type { Run } from '../../reports/model/index.ts';
import { harnessErrors } from '../errors.ts';
import { repeatsOf } from './attempts.ts';
import { failedRun } from './failed-run.ts';
import type { Measure } from './plan.ts';
import { cellDefaults } from './presets.ts';

const PLAN = await cellDefaults('merchant-spend', 'event', 1);
const run = (outcome: Run['outcome'], measure: Measure = 'latency'): Run => ({
  ...failedRun(PLAN, measure, 'run', new Date(0), harnessErrors.error('HARNESS_INTERRUPTED')),
  outcome,
});
/** Outcomes by repeat; a repeat that does not stand yet ends with dots. */
const told = (runs: readonly Run[], attempts: number): string[] =>
  repeatsOf(runs, 'latency', attempts).map(
    (repeat) => repeat.attempts.map(({ outcome }) => outcome).join(' ') + (repeat.settled ? '' : ' ...'),
  );

test('a refused run is followed by another attempt at the same repeat', () => {
  expect(told([run('invalid'), run('passed'), run('passed')], 3)).toEqual(['invalid passed', 'passed']);
  expect(told([run('invalid')], 3)).toEqual(['invalid ...']);
});

test('the last of the attempts stands, refused or not', () => {
  const refused = Array.from({ length: 4 }, () => run('invalid'));
  expect(told(refused, 3)).toEqual(['invalid invalid invalid', 'invalid ...']);
  expect(told(refused, 1)).toEqual(['invalid', 'invalid', 'invalid', 'invalid']);
});

test('wrong outputs and failures stand at once: they are never tried away', () => {
  expect(told([run('oracle-failed'), run('failed'), run('passed')], 3)).toEqual([
    'oracle-failed',
    'failed',
    'passed',
  ]);
});

test('runs of other measures do not count', () => {
  expect(told([run('invalid', 'drain'), run('invalid'), run('passed', 'drain'), run('passed')], 3)).toEqual([
    'invalid passed',
  ]);
});

test('a search is not tried again: it tries its own probes', () => {
  const repeats = repeatsOf([run('invalid', 'sustain'), run('passed', 'sustain')], 'sustain', 3);
  expect(repeats.map((repeat) => repeat.attempts.length)).toEqual([1, 1]);
});
