import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { METRICS, resultSchema } from '../model/index.ts';
import { fixtureResult, refusedResult } from '../testing/index.ts';
import { renderHtml } from './page.ts';

const result = fixtureResult();
const page = renderHtml(result);
const refusedPage = renderHtml(refusedResult());

/** End of text, escape, right-to-left override. */
const CONTROLS = ['\u0000', '\u001b', '\u202e'];

function rawData(html: string): unknown {
  const packed = /href="data:application\/gzip;base64,([^"]+)"/.exec(html)?.[1] ?? '';
  return JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString());
}

test('24 runs stay under 400 kB, and the same result gives the same page', () => {
  expect(Buffer.byteLength(page)).toBeLessThan(400_000);
  expect(renderHtml(fixtureResult())).toBe(page);
});

test('the content policy allows the one script by its hash, and nothing from elsewhere', () => {
  const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script]) => script ?? '');
  expect(scripts).toHaveLength(1);
  expect(Buffer.byteLength(scripts[0] ?? '')).toBeLessThanOrEqual(8_192);
  const hash = createHash('sha256')
    .update(scripts[0] ?? '')
    .digest('base64');
  expect(
    page.includes(
      `content="default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;; script-src &#39;sha256-${hash}&#39;"`,
    ),
  ).toBe(true);
  expect(page.match(/(?:src|href)="(?!#|data:)/)).toBeNull();
  expect(page.match(/url\(|@import/)).toBeNull();
});

test('headings are in order, ids are unique and every link has its target', () => {
  const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  expect(levels[0]).toBe(1);
  levels.forEach((level, i) => {
    expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...page.matchAll(/(?:href="#|aria-details="|aria-labelledby=")([^"]+)"/g)].flatMap(
    ([, id]) => (id ?? '').split(' '),
  );
  expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  for (const metric of METRICS) expect(ids).toContain(`metric-${metric.id}`);
});

test('every chart has a title, a description and its data', () => {
  const charts = page.match(/<figure class="chart"/g) ?? [];
  expect(charts).toHaveLength(28);
  for (const part of [/role="img"/g, /<title id=/g, /<desc id=/g, /<details class="data"/g]) {
    expect(page.match(part)).toHaveLength(28);
  }
});

test('the raw data is a result with all its histograms', () => {
  const raw = resultSchema.parse(rawData(page));
  const histograms = (of: typeof raw) =>
    JSON.stringify(of)
      .match(/"histogram":"[^"]+"/g)
      ?.sort();
  expect(histograms(raw)).toEqual(histograms(result));
  expect(page.includes('it lacks the points over time')).toBe(true);
  const [cell] = result.cells;
  const small = { ...result, cells: cell === undefined ? [] : [cell] };
  expect(rawData(renderHtml(small))).toEqual(small);
});

test('hostile text stays text', () => {
  expect(refusedPage.match(/<script/g)).toHaveLength(1);
  expect(refusedPage.includes('<img')).toBe(false);
  expect(refusedPage.includes('&lt;img src=x onerror=alert(1)&gt;')).toBe(true);
  expect(CONTROLS.filter((character) => refusedPage.includes(character))).toEqual([]);
});

test('a refused run shows its reason and gives no figure', () => {
  expect(refusedPage.includes('oracle failed: m17: count 4, not 5')).toBe(true);
  expect(refusedPage.includes('refused as invalid: RUN_ACKED_NOT_STORED')).toBe(true);
  expect(refusedPage.includes('id="time-merchant-spend-at-least-once-event-default-1"')).toBe(false);
  expect(page.includes('id="time-merchant-spend-at-least-once-event-default-1"')).toBe(true);
});

test('a result without cells still makes a page', () => {
  expect(renderHtml({ ...result, cells: [] }).includes('0 cells, 0 runs')).toBe(true);
});
