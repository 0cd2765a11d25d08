import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { CLAIMS, type Claim, type Ledger, ledgerSchema, VERDICT_WORDS } from '../../claims/index.ts';
import { hostileLedger, ledgerFixture } from '../../claims/testing/index.ts';
import { HOSTILE_NAMES, readingOf } from '../../testing/index.ts';
import { renderClaimsHtml } from './index.ts';

const { ledger, claims } = ledgerFixture();
const page = renderClaimsHtml(ledger, claims, []);

const sectionOf = (text: string, id: string) =>
  text.slice(text.indexOf(`<section`, text.indexOf(`aria-labelledby="${id}"`) - 40)).split('</section>')[0] ??
  '';

test('what the page of claims says', async () => {
  await expect(readingOf(page)).toMatchFileSnapshot('golden/claims.txt');
});

test('the table leads to a part for each claim, and every verdict stands there in words', () => {
  const table = sectionOf(page, 'verdict');
  const links = [...table.matchAll(/<th scope="row" role="rowheader"><a href="#(\w+)">/g)].map(
    ([, id]) => id,
  );
  expect(links).toEqual(claims.map(({ id }) => id));
  for (const id of links) expect(page.split(`<h2 id="${id}"`)).toHaveLength(2);
  for (const words of Object.values(VERDICT_WORDS)) expect(table).toContain(words);
});

/** Horizontal places of what a drawing of a claim shows. */
function drawnOf(text: string, id: string) {
  const svg = text.split(`<figure class="chart" id="${id}"`)[1]?.split('</svg>')[0] ?? '';
  const numbers = (pattern: RegExp) => [...svg.matchAll(pattern)].map(([, ...found]) => found.map(Number));
  return {
    svg,
    bands: numbers(/<rect class="claimed" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g),
    ranges: numbers(/<path class="range" d="M([\d.]+) [\d.]+H([\d.]+)M/g),
    circles: numbers(/<circle cx="([\d.]+)"/g).flat(),
    squares: numbers(/<path d="M([\d.]+) [\d.]+m-3.5-3.5h7v7h-7z"/g).flat(),
  };
}

test('figures stand over the range that was claimed: within it, below it, with the range around the median', () => {
  const { bands, ranges, circles, squares } = drawnOf(page, 'G1-ms');
  const [[eventLeft = 0, eventWidth = 0] = [], [batchLeft = 0, batchWidth = 0] = []] = bands;
  expect(bands).toHaveLength(2);
  // 23.4 and 48.2 ms within 10 to 100 ms; 641 and 702 ms within 500 ms to 2 s.
  expect(circles.every((x) => x > eventLeft && x < eventLeft + eventWidth)).toBe(true);
  expect(squares.every((x) => x > batchLeft && x < batchLeft + batchWidth)).toBe(true);
  expect(circles).toHaveLength(2);
  // One run of a real system has no range.
  expect(ranges).toHaveLength(4);
  for (const [i, at] of [...circles, ...squares].entries()) {
    expect(ranges[i]?.[0]).toBeLessThan(at);
    expect(ranges[i]?.[1]).toBeGreaterThan(at);
  }
});

test('a range that names one end goes on to the edge and has a line at that end only', () => {
  const { svg, bands } = drawnOf(page, 'G10-ms');
  expect(bands).toHaveLength(1);
  expect(bands[0]?.[0]).toBe(10);
  expect(svg.match(/class="claimed-end" d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(1);
});

test('the table with the figures stands in for the drawing, and leads to the experiments', () => {
  const part = sectionOf(page, 'G1');
  expect(part).toContain('aria-details="G1-figures"');
  expect(part.match(/<tbody><tr><th scope="rowgroup" rowspan="4">/g)).toHaveLength(2);
  expect(part.match(/href="#experiment-1"/g)).toHaveLength(2);
  expect(part.match(/href="#experiment-2"/g)).toHaveLength(2);
  expect(page).toContain('<tr id="experiment-2">');
});

test('claims without figures in ms or events a second have no drawing', () => {
  for (const id of ['G5', 'G13', 'G16']) expect(sectionOf(page, id)).not.toContain('<figure class="chart"');
});

test('without the real systems the page speaks of the embedded engines alone', () => {
  const alone: Ledger = { ...ledger, entries: ledger.entries.map((entry) => ({ ...entry, real: null })) };
  const text = readingOf(renderClaimsHtml(alone, claims, []));
  expect(text).not.toContain('Flink and Spark:');
  expect(text).toContain('claim | Embedded engines | what decided');
});

test('a claim that was not judged is named, one that is not known has its findings', () => {
  const text = readingOf(
    renderClaimsHtml({ ...ledger, entries: ledger.entries.slice(1) }, claims.slice(0, 2), []),
  );
  expect(text).toContain('Not judged here: G1.');
  expect(text).toContain('This version of the program has no claim of this number.');
});

test.each([...HOSTILE_NAMES.slice(0, -1), 'x'.repeat(100_000)])(
  'texts of a ledger are text, whatever they hold',
  (name) => {
    const text = renderClaimsHtml(
      hostileLedger(name),
      claims.map((claim) => hostileClaim(claim, name)),
      [],
    );
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toContain('<img');
    expect(text.length).toBeLessThan(1_000_000);
  },
);

const hostileClaim = (claim: Claim, text: string): Claim => ({
  ...claim,
  title: text,
  sentence: text,
  source: text,
  rule: text,
  explanation: text,
});

test('values that no logarithm has stand at the left edge, and the page says so', () => {
  const zero = { median: 0, low: -1, high: 5, count: 6 };
  const entries = ledger.entries.map((entry) => ({
    ...entry,
    embedded: {
      ...entry.embedded,
      figures: entry.embedded.figures.map((figure) => ({ ...figure, estimate: zero })),
    },
  }));
  const text = renderClaimsHtml({ ...ledger, entries }, claims, []);
  expect(drawnOf(text, 'G1-ms').circles).toEqual([10, 10]);
  expect(sectionOf(text, 'G1')).toContain('0 stands at the left edge');
  expect(sectionOf(text, 'G1')).not.toContain('NaN');
});

test('code is marked, and a backtick without a partner stays one', () => {
  const entries = ledger.entries.map((entry) => ({
    ...entry,
    embedded: { ...entry.embedded, because: 'run `a <b>` or ` c' },
  }));
  expect(renderClaimsHtml({ ...ledger, entries }, claims, [])).toContain(
    'run <code>a &lt;b&gt;</code> or ` c',
  );
});

test('the link holds the ledger, and the same ledger gives the same page, a small one', () => {
  const packed = page.match(/href="data:application\/gzip;base64,([^"]+)"/)?.[1] ?? '';
  expect(ledgerSchema.parse(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()))).toEqual(
    ledger,
  );
  expect(renderClaimsHtml(ledger, claims, [])).toBe(page);
  expect(Buffer.byteLength(page)).toBeLessThan(300_000);
});

test('sixteen claims with twenty figures each stay under the budget of a page', () => {
  const [first] = ledger.entries;
  const figures = [1_000, 10_000, 20_000, 50_000].flatMap((rate) =>
    (first?.embedded.figures ?? []).map((figure) => ({ ...figure, label: `p99 at ${rate}/s` })),
  );
  const entries = CLAIMS.flatMap(({ id }) =>
    first === undefined ? [] : [{ ...first, id, embedded: { ...first.embedded, figures } }],
  );
  const all = CLAIMS.flatMap(({ id }) => claims.slice(0, 1).map((claim) => ({ ...claim, id })));
  const text = renderClaimsHtml({ ...ledger, entries }, all, []);
  expect(text.match(/<figure class="chart"/g)).toHaveLength(16);
  expect(Buffer.byteLength(text)).toBeLessThan(300_000);
});
