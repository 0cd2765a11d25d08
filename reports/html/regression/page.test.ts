import { expect, test } from 'vitest';
import type { RegressionReport } from '../../regression/index.ts';
import { MALICIOUS, readingOf, regressionFixture, regressionSides } from '../../testing/index.ts';
import { renderRegressionHtml } from './index.ts';

const report = regressionFixture();
const sides = regressionSides();
const [base, head] = [[sides.base], [sides.head]];
const page = renderRegressionHtml(report, base, head);

const sectionOf = (text: string, id: string) =>
  text.slice(text.indexOf(`<section`, text.indexOf(`aria-labelledby="${id}"`) - 40)).split('</section>')[0] ??
  '';

test('what the page of a comparison says', async () => {
  await expect(readingOf(page)).toMatchFileSnapshot('golden/comparison.txt');
});

test('the outcome and the counts come first, then every changed row with its sentence', () => {
  const changed = report.rows.filter(({ verdict }) =>
    ['regressed', 'improved', 'missing', 'new'].includes(verdict),
  );
  expect(page.indexOf('id="verdict"')).toBeLessThan(page.indexOf('id="changed"'));
  expect(page.indexOf('id="changed"')).toBeLessThan(page.indexOf('id="rows"'));
  expect(sectionOf(page, 'verdict')).toContain(`${report.counts.regressed} regressed`);
  const table = sectionOf(page, 'changed');
  expect(table.match(/<tr><th scope="row">/g)).toHaveLength(changed.length);
  expect(table.indexOf('> regressed')).toBeLessThan(table.indexOf('> improved'));
});

test('every row stands in the tables of its workload, with a dot for each run of both sides', () => {
  const rows = sectionOf(page, 'rows');
  const runs = report.rows
    .flatMap(({ base, head }) => [base, head])
    .flatMap((sample) => sample?.values ?? []);
  expect(rows.match(/<tr><th scope="row">/g)).toHaveLength(report.rows.length);
  expect((rows.match(/<circle /g)?.length ?? 0) + (rows.match(/l4 4l-4 4l-4-4z/g)?.length ?? 0)).toBe(
    runs.length,
  );
});

/** What a figure of the curves has under a title: both paths, the markers at their ends, and the row of the median. */
function figureOf(title: string) {
  const spectra = sectionOf(page, 'spectra');
  const figure = spectra.split('<figure ').find((text) => text.includes(`<figcaption>${title}<`)) ?? '';
  const path = (side: string) => figure.match(new RegExp(`class="series ${side}" d="([^"]+)"`))?.[1];
  const [, baseMs = '', headMs = ''] = figure.match(/<th>50\.0 %<td>([\d.]+)<td>([\d.]+)/) ?? [];
  return { figure, base: path('base'), head: path('head'), medianRatio: Number(headMs) / Number(baseMs) };
}

test('curves of base and head lie over each other, apart where the sides differ, each with its line and marker', () => {
  const slower = figureOf('merchant-spend, event-driven, at-least-once');
  expect(slower.base).toMatch(/^M[\d.]+ [\d.]+/);
  expect(slower.head).toMatch(/^M[\d.]+ [\d.]+/);
  expect(slower.head).not.toBe(slower.base);
  expect(slower.medianRatio).toBeCloseTo(1.2, 1);
  expect(slower.figure).toMatch(/<g class="line-end base"><circle .*<text [^>]+>base</);
  expect(slower.figure).toMatch(/<g class="line-end head"><path .*<text [^>]+>head</);
  const alike = figureOf('merchant-spend, micro-batch, at-least-once');
  expect(alike.medianRatio).toBeCloseTo(1, 1);
});

test('the cells that changed come first, in the curves in the order of the table, and a cell of one side has one curve', () => {
  const cells = [
    ...sectionOf(page, 'changed').matchAll(/<th scope="row">(.*?)<br>(.*?)<br>.*?>(.*?)<\/span>/g),
  ];
  const changed = [...new Set(cells.map(([, ...names]) => names.join(', ')))];
  const drawn = [...sectionOf(page, 'spectra').matchAll(/<figcaption>(.*?)</g)].map(([, title]) => title);
  expect(drawn).toEqual(changed);
  expect(drawn.slice(0, 2)).toEqual([
    'merchant-spend, event-driven, at-least-once',
    'merchant-spend, micro-batch, at-least-once',
  ]);
  expect(page.indexOf('id="spectra"')).toBeLessThan(page.indexOf('id="rows"'));
  expect(figureOf('regional-revenue, event-driven, at-least-once')).toMatchObject({ head: undefined });
  expect(figureOf('login-tracker, event-driven, at-least-once')).toMatchObject({ base: undefined });
});

test('a page without changes says so and has no curves', () => {
  const quiet: RegressionReport = {
    ...report,
    rows: report.rows.filter(({ verdict }) => verdict === 'unchanged'),
    outcome: 'ok',
  };
  const text = renderRegressionHtml(quiet, base, head);
  expect(sectionOf(text, 'changed')).toContain('Nothing is called changed');
  expect(text).not.toContain('id="spectra"');
});

test('names from a file are text, whatever they hold', () => {
  const hostile: RegressionReport = {
    ...report,
    base: { ...report.base, name: MALICIOUS, command: [MALICIOUS], wrong: [MALICIOUS] },
    remarks: [MALICIOUS, 'x'.repeat(1_000_000)],
    differences: [{ name: MALICIOUS, base: MALICIOUS, head: MALICIOUS }],
    rows: report.rows.map((row) => ({
      ...row,
      workload: MALICIOUS,
      cell: MALICIOUS,
      guarantee: MALICIOUS,
      sentence: MALICIOUS,
    })),
  };
  const text = renderRegressionHtml(hostile, base, head);
  expect(text.match(/<script/g)).toHaveLength(1);
  expect(text).not.toContain('<img');
  expect(text.length).toBeLessThan(1_000_000);
});

test('the same comparison gives the same page', () => {
  expect(renderRegressionHtml(report, base, head)).toBe(page);
  expect(Buffer.byteLength(page)).toBeLessThan(400_000);
});
