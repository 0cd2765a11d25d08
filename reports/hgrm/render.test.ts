import { expect, test } from 'vitest';
import { createLatencyHistogram, distributionOf, type Result, type Run } from '../model/index.ts';
import { fixtureResult, MALICIOUS, sweptResult } from '../testing/index.ts';
import { renderHgrm } from './index.ts';

const RESULT = fixtureResult();

const namesOf = (result: Result) => renderHgrm(result).map(({ name }) => name);

test('the percentile text of a cell', async () => {
  const [first] = renderHgrm(RESULT);
  expect(first?.name).toBe('latency-merchant-spend-event-driven-at-least-once.hgrm');
  await expect(first?.text).toMatchFileSnapshot('golden/merchant-spend.hgrm');
});

test('one file a cell and rate, each with a name of its own', () => {
  expect(renderHgrm(RESULT)).toHaveLength(8);
  const names = namesOf(sweptResult());
  expect(names.length).toBeGreaterThan(1);
  expect(new Set(names).size).toBe(names.length);
});

test('the rows count up to all samples, those out of range at the end of the range', () => {
  const histogram = createLatencyHistogram();
  histogram.recordValueWithCount(2_000, 90);
  const [file] = renderHgrm(withLatency(RESULT, distributionOf(histogram, 10)));
  const rows = (file?.text ?? '').split('\n').flatMap((line) => (/^ *\d/.test(line) ? [line.trim()] : []));
  expect(rows[0]).toMatch(/^2\.0\d* +0\.0+ +90 +1\.00$/);
  expect(rows.at(-1)).toMatch(/^120\d{3}\.\d+ +1\.0+ +100$/);
  expect(file?.text).toMatch(/\n#\[10 samples lie above 120 s and stand there\]\n$/);
});

test('a cell whose histogram was left out has no file', () => {
  const [cell] = RESULT.cells;
  const run = cell?.runs.find(({ kind }) => kind === 'latency');
  if (run?.kind !== 'latency' || run.figures === null) throw new Error('no latency run');
  const result = withLatency(RESULT, { ...run.figures.latency, histogram: null });
  expect(renderHgrm(result)).toEqual([]);
});

test.each([MALICIOUS, '../../etc/passwd', 'C:\\con', '', '\u202e', 'x'.repeat(10_000_000)])(
  'a hostile name makes a harmless file name',
  (workload) => {
    const { cells, ...rest } = RESULT;
    const hostile = cells.slice(0, 2).map((cell) => ({ ...cell, workload, profile: workload }));
    const names = namesOf({ ...rest, cells: [...hostile, ...hostile] });
    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^latency-[a-z0-9_-]{1,120}\.hgrm$/);
  },
);

/** The result's first cell alone, with another latency. */
function withLatency(
  result: Result,
  latency: NonNullable<Extract<Run, { kind: 'latency' }>['figures']>['latency'],
): Result {
  const cells = result.cells.slice(0, 1).map((cell) => ({
    ...cell,
    runs: cell.runs.flatMap((run): Run[] =>
      run.kind === 'latency' && run.figures !== null
        ? [{ ...run, figures: { ...run.figures, latency } }]
        : [],
    ),
  }));
  return { ...result, cells };
}
