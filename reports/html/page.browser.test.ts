import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readResult } from '../model/index.ts';
import { findChromium, fixtureResult, refusedResult, sweptResult } from '../testing/index.ts';
import { renderHtml } from './page.ts';

let browser: Browser;
let folder = '';
let url = '';
let refusedUrl = '';
let sweptUrl = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-page-'));
  const write = async (name: string, html: string) => {
    await writeFile(join(folder, name), html);
    return pathToFileURL(join(folder, name)).href;
  };
  url = await write('report.html', renderHtml(fixtureResult()));
  refusedUrl = await write('refused.html', renderHtml(refusedResult()));
  sweptUrl = await write('swept.html', renderHtml(sweptResult()));
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
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const)('%s, %i px wide: no request, no message, no sideways scroll', async (colorScheme, width) => {
  for (const address of [url, refusedUrl, sweptUrl]) {
    const { page, noise } = await open(address, { colorScheme, viewport: { width, height: 800 } });
    expect(await overflow(page)).toBe(0);
    expect(noise).toEqual([]);
    await page.context().close();
  }
});

test('with scripts off the verdict, the charts and the tables are there', async () => {
  const { page, noise } = await open(url, { javaScriptEnabled: false });
  expect(await page.locator('h2#verdict').isVisible()).toBe(true);
  expect(await page.locator('figure.chart svg[role=img]').count()).toBe(36);
  expect(await page.locator('#theme').isVisible()).toBe(false);
  await page.locator('figure.chart summary').first().click();
  expect(await page.locator('figure.chart table').first().isVisible()).toBe(true);
  expect(noise).toEqual([]);
  await page.context().close();
});

test('no text of a chart leaves its drawing', async () => {
  for (const address of [url, sweptUrl]) {
    const { page } = await open(address, { viewport: { width: 1280, height: 800 } });
    const outside = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('figure.chart svg[role=img]')].flatMap((svg) => {
      const box = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')].filter((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
      }).map((text) => svg.querySelector('title').textContent + ': ' + text.textContent);
    })`);
    expect(outside).toEqual([]);
    await page.context().close();
  }
});

test('in print every folded table of words is open, the ground is light and nothing is cut off', async () => {
  const { page, noise } = await open(sweptUrl, {
    colorScheme: 'dark',
    viewport: { width: 1060, height: 750 },
  });
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe(
    'rgb(255, 255, 255)',
  );
  expect(await page.locator('nav').isVisible()).toBe(false);
  expect(await page.locator('table.sheet').first().isVisible()).toBe(true);
  expect(await page.locator('details.data').first().isVisible()).toBe(false);
  expect(await overflow(page)).toBe(0);
  expect(noise).toEqual([]);
  await page.context().close();
});

test('the keyboard reaches a chart and walks along it', async () => {
  const { page, noise } = await open(url, {});
  const chart = page.locator('svg[tabindex]').first();
  const readout = page.locator('#readout');
  await chart.focus();
  await page.keyboard.press('Home');
  const first = await readout.textContent();
  await page.keyboard.press('ArrowRight');
  const second = await readout.textContent();
  expect(first).toMatch(/^percentile: 0\.0 %.*event-driven, ms: /);
  expect(second).not.toBe(first);
  await page.keyboard.press('Escape');
  expect(await readout.textContent()).toBe('');
  expect(noise).toEqual([]);
  await page.context().close();
});

test('the cursor moves in all charts of a section that have the same axis', async () => {
  const { page, noise } = await open(url, {});
  const moved = () =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('svg.on')].map((svg) => svg.closest('figure').id + svg.querySelector('.cursor').getAttribute('transform'))`,
    );
  await page.locator('#time-1-1 svg[tabindex]').focus();
  await page.keyboard.press('End');
  const [first, ...others] = await moved();
  const place = first?.replace('time-1-1', '');
  expect(place).toMatch(/^translate/);
  expect(others).toEqual(
    ['time-1-2', 'time-2-1', 'time-2-2', 'time-3-1', 'time-3-2', 'time-4-1', 'time-4-2'].map(
      (id) => `${id}${place}`,
    ),
  );
  await page.keyboard.press('Escape');
  expect(await moved()).toEqual([]);
  expect(noise).toEqual([]);
  await page.context().close();
});

test('a button sorts the comparison by its column, either way', async () => {
  const { page, noise } = await open(url, {});
  const table = page.locator('table.sortable').first();
  const figures = () =>
    page.evaluate<number[]>(
      `[...document.querySelector('table.sortable').tBodies[0].rows].map((row) => Number(row.cells[2].dataset.v))`,
    );
  const button = table.locator('th:nth-child(3) button');
  await button.click();
  const up = await figures();
  expect(up).toEqual([...up].sort((a, b) => a - b));
  expect(await table.locator('th:nth-child(3)').getAttribute('aria-sort')).toBe('ascending');
  await button.click();
  expect(await figures()).toEqual([...up].reverse());
  expect(noise).toEqual([]);
  await page.context().close();
});

test.each(['light', 'dark'] as const)(
  '%s: axe finds no violation',
  async (colorScheme) => {
    const { page } = await open(sweptUrl, { colorScheme, bypassCSP: true });
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core') });
    const violations = await page.evaluate<string[]>(
      `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')))`,
    );
    expect(violations).toEqual([]);
    await page.context().close();
  },
  60_000,
);

test('the button turns the theme', async () => {
  const { page } = await open(url, { colorScheme: 'light' });
  const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const before = await ground();
  await page.locator('#theme').click();
  expect(await ground()).not.toBe(before);
  await page.locator('#theme').click();
  expect(await ground()).toBe(before);
  await page.context().close();
});

test('the raw data downloads as a result that reads back', async () => {
  const { page, noise } = await open(url, { acceptDownloads: true });
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#raw').click()]);
  expect(download.suggestedFilename()).toBe('result.json');
  const saved = join(folder, 'saved.json');
  await download.saveAs(saved);
  expect((await readFile(saved)).length).toBeGreaterThan(1_000);
  expect((await readResult(saved)).cells).toHaveLength(8);
  expect(noise.filter((line) => !line.startsWith('request blob:'))).toEqual([]);
  await page.context().close();
});
