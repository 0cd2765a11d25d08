import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RegressionReport, regressionReportSchema } from '../../regression/index.ts';
import { findChromium, fixtureResult, MALICIOUS, regressionFixture } from '../../testing/index.ts';
import { renderRegressionHtml } from './index.ts';

const report = regressionFixture();
const results = [fixtureResult()];
/** Sides that are not alike, with hostile and long names. */
const unlike: RegressionReport = {
  ...report,
  outcome: 'wrong',
  base: { ...report.base, name: 'b'.repeat(300), wrong: [MALICIOUS] },
  head: { ...report.head, name: MALICIOUS },
  differences: [{ name: 'cpuModel', base: 'x'.repeat(200), head: MALICIOUS }],
  rows: report.rows.map((row) => ({ ...row, workload: MALICIOUS, cell: 'c'.repeat(200) })),
};

let browser: Browser;
let folder = '';
let urls: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-regression-'));
  urls = await Promise.all(
    [report, unlike].map(async (each, i) => {
      const path = join(folder, `page-${i}.html`);
      await writeFile(path, renderRegressionHtml(each, results, results));
      return pathToFileURL(path).href;
    }),
  );
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Requests other than for the page itself, console messages and errors. */
  readonly noise: readonly string[];
}

async function open(address: string, options: BrowserContextOptions): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== address) noise.push(`request ${request.url().slice(0, 100)}`);
  });
  page.on('console', (message) => noise.push(`console ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error ${error.message}`));
  await page.goto(address);
  return { page, noise };
}

/** How far the page, not a part of it, can be scrolled sideways. */
const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

test.each([
  ['light', 1280],
  ['dark', 360],
] as const)('%s, %i px wide: no request, no message, no sideways scroll', async (colorScheme, width) => {
  for (const url of urls) {
    const { page, noise } = await open(url, { colorScheme, viewport: { width, height: 800 } });
    expect(await overflow(page)).toBe(0);
    expect(noise).toEqual([]);
    await page.context().close();
  }
});

test.each(['light', 'dark'] as const)('%s: axe finds nothing', async (colorScheme) => {
  const { page } = await open(urls[0] ?? '', { colorScheme, viewport: { width: 1280, height: 800 } });
  await page.evaluate(axe.source);
  const violations = await page.evaluate<readonly string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 150)).join(' | ')))`,
  );
  expect(violations).toEqual([]);
  await page.context().close();
});

test('with scripts off everything is there, and the link holds the whole report', async () => {
  const { page, noise } = await open(urls[0] ?? '', { javaScriptEnabled: false });
  expect(await page.locator('h2#verdict').isVisible()).toBe(true);
  expect(await page.locator('table.changes tbody tr').first().isVisible()).toBe(true);
  expect(await page.locator('figure.chart svg[role=img]').first().isVisible()).toBe(true);
  await page.locator('figure.chart summary').first().click();
  expect(await page.locator('figure.chart table').first().isVisible()).toBe(true);
  const link = (await page.locator('#raw').getAttribute('href')) ?? '';
  const packed = Buffer.from(link.slice(link.indexOf(',') + 1), 'base64');
  expect(regressionReportSchema.parse(JSON.parse(gunzipSync(packed).toString()))).toEqual(report);
  expect(noise).toEqual([]);
  await page.context().close();
});

test('with scripts the report downloads as plain JSON', async () => {
  const { page } = await open(urls[0] ?? '', { acceptDownloads: true });
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#raw').click()]);
  expect(download.suggestedFilename()).toBe('regression.json');
  const saved = join(folder, 'saved.json');
  await download.saveAs(saved);
  expect(JSON.parse(await readFile(saved, 'utf8'))).toEqual(report);
  await page.context().close();
});

test('in print the ground is light and nothing is cut off', async () => {
  for (const url of urls) {
    const { page } = await open(url, { colorScheme: 'dark', viewport: { width: 1060, height: 750 } });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe(
      'rgb(255, 255, 255)',
    );
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  }
});

test('the keyboard walks along the curves', async () => {
  const { page } = await open(urls[0] ?? '', {});
  await page.locator('svg[tabindex]').first().focus();
  await page.keyboard.press('Home');
  expect(await page.locator('#readout').textContent()).toMatch(/^percentile: 0\.0 %.*base, ms: .*head, ms: /);
  await page.context().close();
});
