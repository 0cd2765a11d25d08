import { expect, test } from 'vitest';
import type { RegressionReport } from '../../regression/index.ts';
import { fixtureResult, MALICIOUS, regressionFixture } from '../../testing/index.ts';
import { renderRegressionHtml } from './index.ts';

const report = regressionFixture();
const results = [fixtureResult()];
const page = renderRegressionHtml(report, results, results);

const sectionOf = (text: string, id: string) =>
  text.slice(text.indexOf(`<section`, text.indexOf(`aria-labelledby="${id}"`) - 40)).split('</section>')[0] ??
  '';

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

test('curves of base and head lie over each other for each changed cell that both measured', () => {
  const spectra = sectionOf(page, 'spectra');
  expect(spectra).toContain('merchant-spend, event-driven, at-least-once');
  expect(spectra).toContain('class="series base"');
  expect(spectra).toContain('class="series head"');
  expect(spectra).toMatch(/base, (ms|us|s)<th scope="col">head, (ms|us|s)/);
});

test('a page without changes says so and has no curves', () => {
  const quiet: RegressionReport = {
    ...report,
    rows: report.rows.filter(({ verdict }) => verdict === 'unchanged'),
    outcome: 'ok',
  };
  const text = renderRegressionHtml(quiet, results, results);
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
  const text = renderRegressionHtml(hostile, results, results);
  expect(text.match(/<script/g)).toHaveLength(1);
  expect(text).not.toContain('<img');
  expect(text.length).toBeLessThan(1_000_000);
});

test('the same comparison gives the same page', () => {
  expect(renderRegressionHtml(report, results, results)).toBe(page);
  expect(Buffer.byteLength(page)).toBeLessThan(400_000);
});
