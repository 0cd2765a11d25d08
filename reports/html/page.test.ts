import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { METRICS, resultSchema } from '../model/index.ts';
import { fixtureResult, readingOf, refusedResult, sweptResult } from '../testing/index.ts';
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

test('what the page of a result says', async () => {
  await expect(readingOf(refusedPage)).toMatchFileSnapshot('golden/refused-result.txt');
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
  expect(charts).toHaveLength(36);
  for (const part of [/role="img"/g, /<title id=/g, /<desc id=/g, /<details class="data"/g]) {
    expect(page.match(part)).toHaveLength(36);
  }
});

test('pauses of the garbage collector are marked, told in words and in the table, where a run has any', () => {
  const chart = /<figure class="chart" id="time-1-1">.*?<\/figure>/s.exec(page)?.[0] ?? '';
  const triangles = /<path class="gc"[^>]* d="([^"]*)"/.exec(chart)?.[1] ?? '';
  expect(triangles.match(/l2 5h-4z/g)).toHaveLength(40);
  for (const words of [
    'Marked: 16 checkpoints. 40 GC pauses of 2 ms or longer, the longest 31.4 ms.',
    'GC pause of 2 ms or longer',
    '<th scope="col">longest GC pause, ms</thead>',
  ]) {
    expect(chart.includes(words), words).toBe(true);
  }
  expect(chart.match(/<td>31\.4/g)).toHaveLength(1);
  const [cell] = result.cells;
  const latency = cell?.runs.find((run) => run.kind === 'latency');
  if (cell === undefined || !latency?.figures) throw new Error('the fixture has no latency run');
  const bare = { ...latency, figures: { ...latency.figures, marks: [] } };
  const without = renderHtml({ ...result, cells: [{ ...cell, runs: [bare] }] });
  expect(without.includes('id="time-1-1"')).toBe(true);
  expect(without.match(/class="gc"|longest GC pause/)).toBeNull();
});

test('the raw data is a result with its latency histograms, and the page says what it lacks', () => {
  const raw = resultSchema.parse(rawData(page));
  const latencies = (of: typeof raw) =>
    of.cells.flatMap((cell) =>
      cell.runs.map((run) => (run.kind === 'latency' ? run.figures?.latency.histogram : null)),
    );
  expect(latencies(raw)).toEqual(latencies(result));
  expect(page.includes('it lacks the histogram of each second;')).toBe(true);
  expect(page.includes('the points over time (slices, marks, drain curves)')).toBe(true);
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
  expect(refusedPage.includes('id="time-1-1"')).toBe(false);
  expect(page.includes('id="time-1-1"')).toBe(true);
});

test('searches, sweeps, kills over each other, repeats and noise are told', () => {
  const swept = renderHtml(sweptResult());
  const ids = [...swept.matchAll(/<figure class="chart" id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual([
    'frontier-1',
    'spectrum-1',
    'ecdf-1',
    'time-1-1',
    'time-1-2',
    'search-1-1-1',
    'search-1-2-2',
    'curve-1',
    'sweep-2-1-recovery-first-output',
    'sweep-2-1-recovery-caught-up',
    'sweep-2-1-recovery-replayed',
    'kills-2-1',
    'kills-2-2',
    'kills-2-3',
    'kills-2-4',
    'kills-2-5',
    'kills-2-6',
    'phases-2',
    'cost-1',
    'spread-1',
  ]);
  for (const words of [
    'differ by up to 7 % here in p99 (95 % of 20 comparisons)',
    '2 refused attempts (RUN_MACHINE_BUSY 2)',
    'RUN_WARMUP_NOT_STEADY (2 times): p99 never became steady.',
    'the run with the middle p99 of 7',
    'p50 and p99 with no engine',
  ]) {
    expect(swept.includes(words), words).toBe(true);
  }
  const kills = /<figure class="chart" id="kills-2-1">.*?<\/figure>/s.exec(swept)?.[0] ?? '';
  for (const words of [
    '>lag, inputs',
    '>throughput, a second<',
    'class="series offered"',
    '>end of each phase<',
  ]) {
    expect(kills.includes(words), words).toBe(true);
  }
  expect(kills.match(/class="series dots event" d="M/g)).toHaveLength(5);
  expect(Buffer.byteLength(swept)).toBeLessThan(400_000);
});

test('a result without cells still makes a page', () => {
  expect(renderHtml({ ...result, cells: [], floors: [] })).toContain('0 cells, 0 runs');
  expect(renderHtml({ ...result, cells: [] })).toContain('generator + broker + observer alone');
});
