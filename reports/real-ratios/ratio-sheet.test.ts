import { expect, test } from 'vitest';
import { renderHtml } from '../html/index.ts';
import { renderMarkdown } from '../markdown/index.ts';
import type { Cell, Result, Run } from '../model/index.ts';
import { fixtureResult, readingOf, realResult } from '../testing/index.ts';
import { renderText } from '../text/index.ts';
import { ratioSheet } from './ratio-sheet.ts';

const result = realResult();

const isOf = ({ workload, engine, profile }: Cell) =>
  workload === 'merchant-spend' && (engine === 'event' || engine === 'flink') && profile === 'default';
/** Merchant-spend on the event-driven engine and on Flink. */
const pair: Result = { ...result, cells: result.cells.filter(isOf) };

function changed(change: (run: Run, cell: Cell) => Run | readonly Run[]): Result {
  return {
    ...pair,
    cells: pair.cells.map((cell) => ({ ...cell, runs: cell.runs.flatMap((run) => change(run, cell)) })),
  };
}

function figure(of: Result, title: string): string {
  const sheet = ratioSheet(of);
  const column = sheet?.headers.findIndex((header) => header.startsWith(`${title},`)) ?? -1;
  return sheet?.rows[0]?.[column] ?? 'no such column';
}

test('each embedded engine stands over the system that it models, a tuned system beside the one it has', async () => {
  const sheet = ratioSheet(result);
  const lines = [
    sheet?.title,
    sheet?.caption,
    ...[sheet?.headers, ...(sheet?.rows ?? [])].map((row) => row?.join(' | ')),
  ];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/four-engines.txt');
});

test('ratios are the figures of one over those of the other', () => {
  const rates: Readonly<Record<string, number>> = { event: 300_000, flink: 200_000 };
  const faster = changed((run, { engine }) =>
    run.kind === 'drain' && run.figures
      ? { ...run, figures: { ...run.figures, eventsPerSecond: rates[engine] ?? 0 } }
      : run,
  );
  expect(figure(faster, 'drain')).toBe('1.50');
});

test('the latency is taken above the floor: there is no ratio without one, nor of a latency below it', () => {
  const at = (p99Of: (engine: Cell['engine']) => number) =>
    changed((run, { engine }) =>
      run.kind === 'latency' && run.figures
        ? {
            ...run,
            figures: { ...run.figures, latency: { ...run.figures.latency, p99: p99Of(engine) } },
          }
        : run,
    );
  const floorUs = pair.floors[0]?.latency.p99 ?? 0;
  const twice = at((engine) => floorUs + (engine === 'flink' ? 20_000 : 5_000));
  expect(figure(twice, 'p99 above floor')).toBe('0.250');
  expect(figure({ ...twice, floors: [] }, 'p99 above floor')).toBe('no such column');
  expect(
    figure(
      at((engine) => (engine === 'flink' ? floorUs : 2 * floorUs)),
      'p99 above floor',
    ),
  ).toBe('no such column');
});

test('a latency that was never steady is marked wherever the pair is compared, and the note names it', () => {
  const unsteady = changed((run, { engine }) =>
    run.kind === 'latency' && run.figures && engine === 'flink'
      ? { ...run, figures: { ...run.figures, warmupEndedBy: 'maximum' } }
      : run,
  );
  expect(figure(unsteady, 'p99 above floor')).toBe(`${figure(pair, 'p99 above floor')}†`);
  expect(figure(unsteady, 'drain')).toBe(figure(pair, 'drain'));
  const note = '(RUN_NEVER_STEADY), so no ratio of steady figures: merchant-spend, Apache Flink 2.2.1.';
  const inCheck = '3/3 passed, never steady';
  const inVerdict = /p99 latency: event-driven lower by .*; never steady: Apache Flink 2\.2\.1$/m;
  for (const render of [(of: Result) => renderText(of, { colour: false }), renderMarkdown]) {
    expect(render(unsteady).replaceAll('\\', '')).toContain(note);
    expect(render(unsteady)).toContain(inCheck);
    expect(render(unsteady).replaceAll('\\', '')).toMatch(inVerdict);
    expect(render(pair)).not.toContain('never steady');
  }
  const page = readingOf(renderHtml(unsteady));
  expect(page).toContain(note);
  expect(page).toContain(inCheck);
  expect(page).toMatch(/event-driven lower by [^;]*; never steady: Apache Flink 2\.2\.1/);
});

test('six runs a side give an interval, fewer say that there is none', () => {
  const runs = (count: number) =>
    changed((run) =>
      run.kind === 'drain' && run.figures
        ? Array.from({ length: count }, (_, i) => ({
            ...run,
            runId: `${run.runId}-${i}`,
            figures: run.figures && {
              ...run.figures,
              eventsPerSecond: run.figures.eventsPerSecond * (1 + i / 100),
            },
          }))
        : [],
    );
  expect(figure(runs(6), 'drain')).toMatch(/^1\.67 \(1\.6\d–1\.7\d\)$/);
  expect(ratioSheet(runs(6))?.caption).toContain('95 % interval of the ratio');
  expect(figure(runs(5), 'drain')).toBe('1.67');
  expect(ratioSheet(runs(5))?.caption).toContain('Medians of up to 5 runs a side: no interval');
});

test('a figure that one side lacks has no ratio; without any, or without a real system, there is no table', () => {
  const refused = changed((run, { engine }) =>
    engine === 'flink' && run.kind === 'recovery' ? { ...run, outcome: 'invalid' } : run,
  );
  expect(figure(refused, 'first output')).toBe('no such column');
  expect(ratioSheet(fixtureResult())).toBeNull();
  expect(ratioSheet(changed((run) => ({ ...run, outcome: 'invalid' })))).toBeNull();
});

test('text, Markdown and page show the table, and the symmetry sheet', () => {
  const title = 'Embedded engines against the systems that they model';
  const row = 'merchant-spend: event-driven / Apache Flink 2.2.1';
  expect(renderText(pair, { colour: false })).toMatch(
    new RegExp(`^${title}$[\\s\\S]*^${row} +1 +1\\.67 `, 'm'),
  );
  expect(renderMarkdown(pair)).toContain(`### ${title}`);
  expect(renderMarkdown(pair)).toContain(`| ${row} | 1 | 1.67 |`);
  expect(renderText(pair, { colour: false })).toMatch(
    /^Symmetry sheet$[\s\S]*^Apache Flink 2\.2\.1 +default +at-least-once +-1 +0 +5 +500 +1000 \(own: none\) +100 /m,
  );
  expect(renderMarkdown(pair)).toContain(
    '| Apache Flink 2.2.1 | default | at-least-once | -1 | 0 | 5 | 500 | 1000 (own: none) | 100 |',
  );
  expect(readingOf(renderHtml(pair))).toContain(
    'Apache Flink 2.2.1 | default | at-least-once | -1 | 0 | 5 | 500 | 1000 (own: none) | 100 |',
  );
  expect(readingOf(renderHtml(pair))).toContain(`${row} | 1 | 1.67 |`);
});
