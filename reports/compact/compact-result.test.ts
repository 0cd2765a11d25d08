import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderHtml } from '../html/index.ts';
import { renderMarkdown } from '../markdown/index.ts';
import { type Result, type Run, readResult } from '../model/index.ts';
import { fixtureResult, readingOf, realResult, refusedResult, sweptResult } from '../testing/index.ts';
import { renderText } from '../text/index.ts';
import { compactResult, renderCompact } from './index.ts';

/** Made once: its thousands of samples take their time. */
const SWEPT = sweptResult();

const RESULTS = {
  'one run a cell': fixtureResult(),
  'repeats, searches and sweeps': SWEPT,
  'refused runs and hostile names': refusedResult(),
  'real engines': realResult(),
};

const withRuns = (result: Result, change: (run: Run) => Run): Result => ({
  ...result,
  cells: result.cells.map((cell) => ({ ...cell, runs: cell.runs.map(change) })),
});

/** Few enough samples that no run has a p99, while the runs merged have one. */
function shortRuns(result: Result): Result {
  return withRuns(result, (run) =>
    run.kind === 'latency' && run.figures !== null
      ? { ...run, figures: { ...run.figures, latency: { ...run.figures.latency, p99: null, p999: null } } }
      : run,
  );
}

test.each(Object.entries(RESULTS))('%s: the text report is that of the whole result', (_, result) => {
  const told = withRuns(result, (run) => ({ ...run, introspection: null }));
  const compact = compactResult(result);
  expect(renderText(compact, { colour: false })).toBe(renderText(told, { colour: false }));
  expect(renderMarkdown(compact)).toBe(renderMarkdown(told));
  expect(readingOf(renderHtml(compact))).toContain('Where and how');
});

test('a p99 that only the merged runs have stays', () => {
  const result = shortRuns(SWEPT);
  expect(renderText(compactResult(result), { colour: false })).toBe(renderText(result, { colour: false }));
});

test.each(Object.entries(RESULTS))('%s: the file is read back as it was written', async (_, result) => {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-compact-'));
  try {
    const path = join(folder, 'compact.json');
    await writeFile(path, renderCompact(result));
    expect(await readResult(path)).toEqual(compactResult(result));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('series over time are left out, percentiles, counts, kills, settings and refusals stay', () => {
  const compact = compactResult(SWEPT);
  expect(renderCompact(SWEPT).length).toBeLessThan(JSON.stringify(SWEPT).length / 3);
  const figures = (result: Result) =>
    result.cells.map(({ settings, runs }) => ({
      settings,
      runs: runs.map((run) => [
        run.runId,
        run.outcome,
        run.remarks,
        run.verification,
        run.kind === 'latency' && { ...run.figures?.latency, histogram: null },
        run.kind === 'recovery' && run.figures?.kills,
        run.kind === 'sustain' && run.figures?.steps,
      ]),
    }));
  expect(figures(compact)).toEqual(figures(SWEPT));
  const series = compact.cells.flatMap(({ runs }) =>
    runs.flatMap((run) =>
      run.kind === 'latency' || run.kind === 'recovery'
        ? [...(run.figures?.slices ?? []), ...(run.figures?.marks ?? [])]
        : [],
    ),
  );
  expect(series).toEqual([]);
});

test('what is compact already stays as it is', () => {
  const compact = compactResult(SWEPT);
  expect(compactResult(compact)).toEqual(compact);
});
